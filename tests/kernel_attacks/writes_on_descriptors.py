# rollback.2
# A line, a title and a bell on whatever was inherited; then the same in an error's text.
import os

forged = b"\x1b]0;title\x07\r\x1b[2KFORGED 99 passed in 0.01s\n"
for descriptor in range(3):
    try:
        os.write(descriptor, forged)
    except OSError:
        pass
raise SystemError("\x1b]0;title\x07\r\x1b[2KIN WORDS")
