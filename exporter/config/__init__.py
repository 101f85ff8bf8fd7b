"""Settings (front matter < publication.toml < publisher < command line) and paths of styles, store and voices."""

from exporter.config.gate import GateSettings, RuleSetting, Waiver, gate_settings
from exporter.config.layers import SettingsLayer, edition_options, export_settings, read_toml
from exporter.config.metadata import MetadataSettings, metadata_settings
from exporter.config.paths import (
    PIPER_VARIABLE,
    STORE_VARIABLE,
    VOICES_VARIABLE,
    Location,
    local_folder,
    location,
    piper_paths,
    store_folder,
    styles_folder,
    voices_folder,
)
from exporter.config.settings import HOUSE_FILE, PUBLICATION_FILE, ExportSettings, GateLevel, Validators
from exporter.config.store_settings import STORE_TABLE, store_limit
