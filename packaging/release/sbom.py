"""The software bill of materials, as CycloneDX."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Listed
from cyclonedx.model.component import ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from release.components import Component
from release.project import NAME, commit, version

_TYPES = {"Noto Sans Khmer": ComponentType.DATA, "Qt": ComponentType.FRAMEWORK}


def bill(parts: Sequence[Component], date: int) -> str:
    """List *parts*, the program first; the same parts give the same bytes."""
    program, *others = parts
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, f"{NAME}/{version()}/{commit()}"))
    bom.metadata.timestamp = datetime.fromtimestamp(date, UTC)
    bom.metadata.component = _listed(program, ComponentType.APPLICATION)
    for part in others:
        bom.components.add(_listed(part, _TYPES.get(part.name, ComponentType.LIBRARY)))
    bom.register_dependency(bom.metadata.component, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _listed(part: Component, kind: ComponentType) -> Listed:
    sizes = [source.stat().st_size for source in part.files.values() if source.is_file()]
    listed = Listed(
        name=part.name,
        version=part.version or None,
        type=kind,
        bom_ref=part.purl,
        purl=PackageURL.from_string(part.purl),
        licenses=[LicenseFactory().make_from_string(part.licence)],
        supplier=OrganizationalEntity(name=part.publisher) if part.publisher else None,
        hashes=_hashes(part),
        description=part.purpose or None,
        properties=[Property(name=f"{NAME}:bytes", value=str(sum(sizes)))] if sizes else (),
    )
    if part.source:
        reference = ExternalReference(type=ExternalReferenceType.SOURCE_DISTRIBUTION, url=XsUri(part.source))
        listed.external_references.add(reference)
    for component in (*(_listed(inside, ComponentType.LIBRARY) for inside in part.inside), *_own(part)):
        listed.components.add(component)
    return listed


def _hashes(part: Component) -> Iterable[HashType]:
    """A component of one file is known by that file's hash."""
    files = [source for source in part.files.values() if source.is_file()]
    if len(files) != 1:
        return []
    return [HashType(alg=HashAlgorithm.SHA_256, content=sha256(files[0].read_bytes()).hexdigest())]


def _own(part: Component) -> Iterable[Listed]:
    """What a component says itself that it is compiled of."""
    if not part.sbom:
        return []
    inside = Bom.from_json(json.loads(part.sbom))  # type: ignore[attr-defined]
    return [component for component in inside.components if component.name != part.key]
