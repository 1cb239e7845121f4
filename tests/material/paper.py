"""Texts as a printer sets them: narrow columns, words broken, no blank line kept."""

import typst


def paper(folder, text, language, width=12):
    """Give a text as a PDF, set in lines of a width in centimetres."""
    said = text.replace("\\", "\\\\")
    for mark in "#*_`$@<>[]~=-+/'\"":
        said = said.replace(mark, f"\\{mark}")
    body = "\n\n".join(one.replace("\n", " \\\n") for one in said.split("\n\n"))
    source = folder / "paper.typ"
    source.write_text(
        f"#set page(width: {width}cm, height: 20cm, margin: 1cm)\n"
        f'#set text(lang: "{language}", hyphenate: true, size: 10pt)\n'
        f"#set par(justify: true)\n{body}\n",
        "utf-8",
    )
    return typst.compile(str(source))
