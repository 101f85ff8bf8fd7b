"""The report in SARIF 2.1.0 (OASIS), for editors and code scanning.

Paths are relative to the folder of the publication for manuscripts, and to the folder of its editions for editions;
`uriBaseId` names the folder. The output does not depend on the machine or the time.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from exporter.contracts import Editions
from exporter.findings import Finding, Rule, Severity
from exporter.report.model import CheckReport, Report, Waived

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""Name of the format; it is not fetched."""
NOT_RUN = "check-not-run"
"""Identifier of the notifications about checks that did not run."""

_ROOT = "%SRCROOT%"
"""Root of the source, as GitHub and others call it."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_BASES = {
    "MANUSCRIPT": "The folder of the publication, with its manuscript and images.",
    "EDITIONS": "The output folder of the publication, with its editions.",
}


def render(report: Report, editions: Editions) -> bytes:
    """Return the report as SARIF; equal reports give equal bytes."""
    rules = _rules(report)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    files = {edition.name: edition.file for edition in report.editions}
    seen: dict[str, int] = {}
    results = [_result(finding, numbers, files, seen, editions) for finding in report.findings]
    results += [_result(waived.finding, numbers, files, seen, editions, waived=waived) for waived in report.waived]
    run = {
        "tool": {
            "driver": {
                "name": "exporter",
                "version": report.exporter,
                "language": "en-GB",
                "rules": rules,
                "notifications": [
                    {"id": NOT_RUN, "shortDescription": {"text": "A check did not run; its result is unknown."}}
                ],
            }
        },
        "automationDetails": {"id": f"exporter/{quote(report.slug, safe='')}/"},
        "originalUriBaseIds": {name: {"description": {"text": text}} for name, text in _BASES.items()},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, editions)],
        "artifacts": _artifacts(report),
        "results": results,
        "properties": {"published": report.published, "gate": report.gate.value},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def combine(logs: Iterable[tuple[str, bytes]]) -> bytes:
    """Return one log of several, with a run for each, in which manuscripts have paths relative to a common folder.

    Args:
        logs: What `render` returned, with the path of the folder of each publication, relative to the common folder.
    """
    runs: list[Any] = []
    for folder, log in logs:
        for run in json.loads(log)["runs"]:
            bases = {"MANUSCRIPT": _uri(f"{folder}/"), "EDITIONS": ""}
            _move(run, bases if folder else bases | {"MANUSCRIPT": ""})
            run["originalUriBaseIds"] = {_ROOT: {"description": {"text": "The folder that the check was started in."}}}
            runs.append(run)
    return (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}, indent=2, ensure_ascii=False).encode() + b"\n"
    )


def _move(value: Any, bases: Mapping[str, str]) -> None:
    """Make the locations in a part of a log relative to the common folder."""
    if isinstance(value, dict):
        if value.get("uriBaseId") in bases:
            value.update(uri=bases[value["uriBaseId"]] + value["uri"], uriBaseId=_ROOT)
        for part in value.values():
            _move(part, bases)
    elif isinstance(value, list):
        for part in value:
            _move(part, bases)


def _rules(report: Report) -> list[dict[str, Any]]:
    rules_by_id = {rule.id: rule for rule in report.rules}
    finding_by_rule = {
        finding.rule: finding for finding in (*(waived.finding for waived in report.waived), *report.findings)
    }
    return [_rule(rules_by_id.get(name), finding_by_rule[name]) for name in sorted(finding_by_rule)]


def _rule(rule: Rule | None, finding: Finding) -> dict[str, Any]:
    clause = rule.clause if rule else finding.clause
    requirement = rule.sentence if rule else f"{finding.rule.replace('-', ' ').capitalize()}."
    advice = (rule.advice if rule else finding.advice) or "See the message of each result."
    severity = rule.severity if rule else finding.severity
    help_text = f"{requirement} {advice}" + (f" It follows {clause}." if clause else "")
    descriptor: dict[str, Any] = {
        "id": finding.rule,
        "name": "".join(part.capitalize() for part in re.split(r"[^0-9A-Za-z]+", finding.rule)) or finding.rule,
        "shortDescription": {"text": requirement},
        "fullDescription": {"text": help_text},
        "help": {"text": help_text, "markdown": _markdown(requirement, advice, clause)},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }
    tags = list(dict.fromkeys(("accessibility", *_tags(clause))))
    return descriptor | {"properties": {"tags": tags}}


def _tags(clause: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[;,]", clause)]
    return [part for part in dict.fromkeys(parts) if part and part[0].isalpha()]


def _markdown(requirement: str, advice: str, clause: str) -> str:
    lines = [
        f"**{_escape_markdown(requirement)}**",
        f"What to do: {_escape_markdown(advice)}",
        f"From: {_escape_markdown(clause)}" if clause else "",
    ]
    return "\n\n".join(line for line in lines if line)


def _escape_markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)


def _result(
    finding: Finding,
    numbers: dict[str, int],
    files: dict[str, str],
    seen: dict[str, int],
    editions: Editions,
    *,
    waived: Waived | None = None,
) -> dict[str, Any]:
    edition = f"{editions[finding.edition].title}: " if finding.edition else ""
    message = f"{edition}{finding.message} {finding.advice}".strip() or finding.rule or "A finding without a message."
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(message)},
        "locations": _locations(finding, files),
        "partialFingerprints": {"finding/v1": _fingerprint(finding, seen)},
    }
    if waived:
        until = f" Until {waived.until}." if waived.until else ""
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": f"{waived.reason}{until}".strip()}
        ]
    if finding.edition:
        result["properties"] = {"edition": finding.edition}
    return result


def _message(text: str) -> str:
    # SARIF 2.1.0, 3.11.5 and 3.11.6: brackets make links and braces placeholders, unless they are escaped.
    escaped = re.sub(r"([\\\[\]])", r"\\\1", text)
    return escaped.replace("{", "{{").replace("}", "}}")


def _locations(finding: Finding, files: dict[str, str]) -> list[dict[str, Any]]:
    locations = []
    if finding.edition in files:
        locations.append(_location("EDITIONS", files[finding.edition], 0, finding.place))
    if finding.source:
        # The location that can be fixed comes first: the manuscript, if known.
        source = finding.source
        locations.insert(0, _location("MANUSCRIPT", source.file, source.line, source.place))
    return locations


def _location(base: str, file: str, line: int, logical_name: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file), "uriBaseId": base}}
    if line:
        physical["region"] = {"startLine": line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if logical_name:
        location["logicalLocations"] = [{"fullyQualifiedName": logical_name}]
    return location


def _uri(file: str) -> str:
    """Return a relative path as a URI; a colon is escaped, so that it does not read as a scheme (RFC 3986, 4.2)."""
    path = quote(file.replace("\\", "/").encode("utf-8", "replace"), safe="/-._~")
    return path.lstrip("/") or "."


def _fingerprint(finding: Finding, seen: dict[str, int]) -> str:
    """Return a digest of rule, edition and message, which does not change when lines are added above, and a number."""
    file = finding.source.file if finding.source else ""
    words = unicodedata.normalize("NFC", f"{finding.rule}\n{finding.edition}\n{file}\n{finding.message}")
    digest = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
    seen[digest] = seen.get(digest, 0) + 1
    return f"{digest}:{seen[digest]}"


def _invocation(report: Report, editions: Editions) -> dict[str, Any]:
    not_run = [_notification(check, editions) for check in report.checks if not check.ran]
    invocation: dict[str, Any] = {"executionSuccessful": not not_run}
    return invocation | ({"toolExecutionNotifications": not_run} if not_run else {})


def _notification(check: CheckReport, editions: Editions) -> dict[str, Any]:
    edition = f"{editions[check.edition].title}: " if check.edition else ""
    return {
        "descriptor": {"id": NOT_RUN, "index": 0},
        "level": "warning",
        "message": {"text": _message(f"{edition}{check.title} did not run. {check.reason}".strip())},
    }


def _artifacts(report: Report) -> list[dict[str, Any]]:
    artifacts: dict[tuple[str, str], dict[str, Any]] = {}
    for base, file, edition in (
        ("MANUSCRIPT", report.manuscript, None),
        *(("EDITIONS", edition_.file, edition_) for edition_ in report.editions),
    ):
        if edition and not edition.sha256:
            continue
        location = {"uri": _uri(file), "uriBaseId": base}
        artifact: dict[str, Any] = {"location": location, "roles": ["analysisTarget"]}
        if edition:
            artifact["hashes"] = {"sha-256": edition.sha256}
            if re.fullmatch(r"[^/]+/.+", edition.media_type):
                artifact["mimeType"] = edition.media_type
            if edition.size:
                artifact["length"] = edition.size
        artifacts.setdefault((base, location["uri"]), artifact)
    return list(artifacts.values())
