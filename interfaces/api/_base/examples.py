"""Examples of whole bodies, put together from the examples of their fields."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def example_of(schema: Schema, known: Mapping[str, Schema]) -> Any:
    """What a body of this schema looks like; `known` are the named schemas."""
    if "$ref" in schema:
        return example_of(known[str(schema["$ref"]).rsplit("/", 1)[-1]], known)
    for told in ("example", "const"):
        if told in schema:
            return schema[told]
    if schema.get("examples"):
        return schema["examples"][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            chosen = next((one for one in schema[several] if one.get("type") != "null"), {"type": "null"})
            return example_of(chosen, known)
    if "enum" in schema:
        return schema["enum"][0]
    return _of_type(schema, known)


def _of_type(schema: Schema, known: Mapping[str, Schema]) -> Any:
    match schema.get("type"):
        case "object":
            return {name: example_of(part, known) for name, part in schema.get("properties", {}).items()}
        case "array":
            return [example_of(schema.get("items", {}), known)]
        case "integer" | "number":
            return schema.get("default", 1)
        case "boolean":
            return schema.get("default", True)
        case "string":
            return schema.get("default", "")
    return None
