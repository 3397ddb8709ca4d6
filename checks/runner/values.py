"""Values that cross the border between an answer's process and the judge, in an encoding that keeps types apart.

The child encodes, the judge decodes; neither ever calls a method of the value itself.
"""

#: `("int", "1")`, `("str", "v1")`, `("bool", "True")`, `("none",)`, `("list", (…, …))`,
#: `("dict", ((key, value), …))`, `("object", type name)` or `("object", type name, attribute's value)`, …
Value = tuple[object, ...]
