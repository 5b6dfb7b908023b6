# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values of one phone's parameters, layer over layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import catalogue

#: Highest first. The order of the UC Software administration guides.
LAYERS = ("local", "web", "cloud", "config", "sip")
#: device.* live apart, in flash.
FLASH = "device"


class Parameters:
    """What is set in each layer; everything else has the catalogue's default."""

    __slots__ = ("layers",)

    def __init__(self, layers: Mapping[str, Mapping[str, str]]) -> None:
        self.layers: dict[str, dict[str, str]] = {layer: {} for layer in (*LAYERS, FLASH)}
        for layer, values in layers.items():
            self.set_layer(layer, values)

    def set_layer(self, layer: str, values: Mapping[str, str | None]) -> None:
        """Write a layer as whoever owns it would; None takes a value out. Knows no ranges."""
        if layer not in self.layers:
            raise ValueError(f"unknown layer {layer!r}; known are {', '.join(self.layers)}")
        for name, value in values.items():
            target = self.layers[FLASH if name.startswith("device.") else layer]
            if value is None:
                target.pop(name, None)
            else:
                target[name] = value

    def knows(self, name: str) -> bool:
        """The catalogue's names, and what a test has put into a layer."""
        return catalogue.find(name) is not None or any(name in values for values in self.layers.values())

    def effective(self, name: str) -> tuple[str, str]:
        """Value and source. Flash is the source of every device parameter, set or not (recorded)."""
        parameter = catalogue.find(name)
        default = parameter.default if parameter else ""
        if name.startswith("device."):
            return self.layers[FLASH].get(name, default), FLASH
        for layer in LAYERS:
            if name in self.layers[layer]:
                return self.layers[layer][name], layer
        return default, "default"

    def value(self, name: str) -> str:
        return self.effective(name)[0]

    def is_on(self, name: str) -> bool:
        return self.value(name).lower() in ("1", "true")

    def number(self, name: str) -> float:
        try:
            return float(self.value(name))
        except ValueError:
            return 0.0

    def names(self) -> Iterator[str]:
        """Every name that is set somewhere, in no order, some more than once."""
        for values in self.layers.values():
            yield from values

    def clear(self, *layers: str) -> None:
        for layer in layers:
            self.layers[layer].clear()
