"""How much ink, on which paper, by whose profile."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from exporter import model as m
from exporter import programs
from exporter.errors import SettingsError
from exporter.validate import preflight
from exporter.writers import print as edition
from exporter.writers.print import ink_coverage, profile
from exporter.writers.print.conditions import REGISTERED, Stock, condition
from tests.write_context import Pictures
from tests.writers import sample
from tests.writers.print.made import Made, make, short


def most_ink(path: Path, folder: Path) -> float:
    """Return the most ink of any dot in per cent, as Ghostscript separates the pages."""
    folder.mkdir(exist_ok=True)
    command = ["gs", "-q", "-dSAFER", "-sDEVICE=tiff32nc", "-r36", "-o", str(folder / "%d.tif"), str(path)]
    assert programs.run(command, seconds=120).returncode == 0
    most = 0
    for sheet in folder.glob("*.tif"):
        with Image.open(sheet) as picture:
            most = max(most, ink_coverage.total(picture))
    return most / 2.55


def test_no_place_bears_more_ink_than_the_paper(printed: Made, tmp_path: Path) -> None:
    assert 150 < most_ink(printed.path, tmp_path / "sheets") <= REGISTERED[Stock.COATED].limit


def dark(folder: Path) -> m.Publication:
    """A publication with a picture of all colours, dark ones among them."""
    picture = Image.new("RGB", (240, 240))
    picture.putdata([(x // 2, y // 3, (x * y) % 90) for y in range(240) for x in range(240)])
    data = BytesIO()
    picture.save(data, "PNG")
    asset = Pictures(folder / "pictures").add("dark.png", data.getvalue(), "image/png", 240, 240)
    image = m.Image("dark.png", m.Described("A dark field."))
    return m.Publication(
        m.Metadata(title="Dark", language="en", kind=m.Kind.REPORT),
        body=(sample.section("a", "A", m.Figure((image,))),),
        assets=(asset,),
    )


@pytest.mark.proof
@pytest.mark.usefixtures("printed")
def test_a_lower_limit_of_ink_is_kept_in_pictures_and_in_fields(tmp_path: Path) -> None:
    free = make(tmp_path / "free", dark(tmp_path / "free"))
    assert free.written.findings == ()
    assert most_ink(free.path, tmp_path / "free-sheets") > 250
    made = make(tmp_path / "less", dark(tmp_path / "less"), ink_limit=200)
    assert [finding.rule for finding in made.written.findings] == ["print-ink"]
    assert 150 < most_ink(made.path, tmp_path / "less-sheets") <= 200.5
    assert "press-ink" not in {finding.rule for finding in preflight.check(made.path, ink=200)}


@pytest.mark.parametrize("stock", [stock for stock in Stock if stock is not Stock.AUTO])
def test_no_profile_makes_more_ink_of_a_colour_than_its_paper_bears(stock: Stock) -> None:
    chosen = condition(edition.Options(paper=stock))
    if chosen.profile is None:
        pytest.skip("The colour profiles are not installed: apt install colord-data")
    assert 150 < profile.read(chosen.icc(), "x").limit - 10 <= chosen.registered.limit


def test_a_profile_of_the_printing_house_is_used_and_named(printed: Made, tmp_path: Path) -> None:
    given = condition(edition.Options(paper=Stock.NEWSPRINT))
    made = make(tmp_path, short(), files={"press/house.icc": given.icc()}, profile="press/house.icc")
    assert made.written.findings == ()
    with pikepdf.open(made.path) as pdf, pikepdf.open(printed.path) as other:
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.OutputConditionIdentifier), str(intent.Info)) == ("Custom", "IFRA26S 2004 Newsprint")
        assert "/RegistryName" not in intent
        assert intent.DestOutputProfile.read_bytes() == given.icc()
        assert intent.DestOutputProfile.read_bytes() != other.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    assert preflight.check(made.path, ink=240) == ()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"not a profile", "not an ICC profile"),
        (b"", "not an ICC profile"),
        (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), "of a screen"),
    ],
)
def test_a_profile_of_no_press_is_refused_in_a_sentence(data: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=why) as caught:
        make(tmp_path, short(), files={"x.icc": data}, profile="x.icc")
    assert "“x.icc”" in caught.value.message
    assert "printer" in caught.value.advice


def test_pictures_keep_every_dot_that_the_settings_allow(printed: Made) -> None:
    with pikepdf.open(printed.path) as pdf:
        sizes = {
            (int(thing.Width), int(thing.Height))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        }
    assert (900, 600) in sizes
    assert max(width for width, _ in sizes) > 1500
