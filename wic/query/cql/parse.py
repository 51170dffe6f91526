"""The text of a token query → its tree.

query     := body [":: " condition] ["within" [N] [region]] ["expand" ["left" | "right"] "to" (region | N)]
body      := choice | "MU" "(" near ")"
choice    := sequence ("|" sequence)*
sequence  := item+
item      := [label ":"] atom [quantifier]
atom      := ["@"] token | "(" choice ")" | "<" ["/"] name [sign string] ">" | "[:" condition ":]"
token     := string | "[" [condition] "]"
near      := token | "(" near ")" | "meet" near near [N N | region] | "union" near near
condition := or ["->" condition];  or := and ("|" and)*;  and := not ("&" not)*
not       := "!" not | "(" condition ")" | operand [sign operand]
operand   := name | label "." name | string | N | function "(" name ("," name)* ")"
sign      := "=" | "!=" | "<" | "<=" | ">" | ">="
string    := a regular expression in " or ', with flags after %
quantifier := "?" | "*" | "+" | "{" N "}" | "{" [N] "," [N] "}"
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from wic.query.carets import misplaced
from wic.query.cql.lexemes import Lexeme, lexemes
from wic.query.cql.tree import (
    Ahead,
    Both,
    Call,
    Choice,
    Compare,
    Condition,
    Exists,
    Expand,
    Meet,
    Name,
    Near,
    Not,
    Number,
    Operand,
    Pattern,
    Query,
    Repeat,
    Sequence,
    Tag,
    Token,
    Union,
    Within,
    walk,
)
from wic.query.cql.values import FLAGS, Value

T = TypeVar("T")

FUNCTIONS = {"strlen": 1, "dist": 2, "distabs": 2, "lbound": 1, "rbound": 1}
POINTS = {"match", "matchend", "target", "_"}  # labels that are always there
CLAUSES = {"within", "expand"}
DEEP = 100  # brackets in brackets; more is no query


def parse(source: str, flags: str = "") -> Query:
    """The tree of a query; a WicError with the column of what is wrong with it. All strings get the ``flags`` too."""
    return _Parser(source, flags).query()


class _Parser:
    def __init__(self, source: str, flags: str) -> None:
        self.source = source
        self.flags = flags
        self.depth = 0
        self.lexemes = lexemes(source)
        self.place = 0

    # Reading

    @property
    def next(self) -> Lexeme:
        return self.lexemes[self.place]

    def taken(self, *texts: str) -> Lexeme | None:
        """The next lexeme, read, if it is one of these signs or words."""
        lexeme = self.next
        if lexeme.kind in ("sign", "name") and lexeme.text in texts:
            self.place += 1
            return lexeme
        return None

    def expect(self, text: str, opened: Lexeme | None = None) -> Lexeme:
        found = self.taken(text)
        if found is None:
            after = f" to close {opened.text!r} of column {opened.at + 1}" if opened else ""
            self.fail(
                f"expected {text!r}{after}, found {self.next.text!r}"
                if self.next.text
                else f"{text!r} is missing{after}"
            )
        return found

    def name(self, what: str) -> Lexeme:
        lexeme = self.next
        if lexeme.kind != "name":
            self.fail(f"expected {what}, found {lexeme.text!r}" if lexeme.text else f"{what} is missing")
        self.place += 1
        return lexeme

    def number(self) -> int | None:
        if self.next.kind != "number":
            return None
        self.place += 1
        return int(self.lexemes[self.place - 1].text)

    def fail(self, what: str, lexeme: Lexeme | None = None, advice: str = "") -> NoReturn:
        raise misplaced(what, self.source, (lexeme or self.next).at, advice)

    def nested(self, read: Callable[[], T]) -> T:
        self.depth += 1
        if self.depth > DEEP:
            self.fail(f"more than {DEEP} brackets inside each other")
        result = read()
        self.depth -= 1
        return result

    # The query and its clauses

    def query(self) -> Query:
        if self.next.kind == "end":
            self.fail(
                "the query is empty", advice='write words in quotes and conditions in brackets: "the" [kind="word"]'
            )
        body: Pattern | Near = self.meetings() if self.next.text == "MU" else self.choice()
        where, within, expand = None, None, None
        while lexeme := self.taken("::", *CLAUSES):
            if lexeme.text == "::" and where is None:
                where = self.condition()
            elif lexeme.text == "within" and within is None:
                within = self.limit(lexeme)
            elif lexeme.text == "expand" and expand is None:
                expand = self.growth(lexeme)
            else:
                self.fail(f"a second {lexeme.text!r}", lexeme)
        self.taken(";")
        if self.next.kind != "end":
            self.fail(f"expected the end, found {self.next.text!r}", advice=self.advice())
        query = Query(self.source, body, where, within, expand)
        self.check(query)
        return query

    def advice(self) -> str:
        return "write words in quotes" if self.next.kind == "name" else ""

    def limit(self, lexeme: Lexeme) -> Within:
        place = self.next
        count = self.number()
        region = (
            ""
            if (count is not None and self.next.kind != "name") or self.next.text in CLAUSES
            else self.name("a region").text
        )
        if count is None and not region:
            self.fail("within what?", advice="name a region (s, text) or a number of tokens")
        if count is not None and count < 1:
            self.fail("less than one", place)
        return Within(count or 1, region, self.lexemes[self.place - 1].at if region else lexeme.at)

    def growth(self, lexeme: Lexeme) -> Expand:
        side = self.taken("left", "right")
        self.taken("to")
        place = self.next
        count = self.number()
        if count is not None and count < 1:
            self.fail("less than one", place)
        region = "" if count is not None else self.name("a region or a number").text
        return Expand(not side or side.text == "left", not side or side.text == "right", count or 0, region, place.at)

    # Patterns

    def choice(self) -> Pattern:
        at = self.next.at
        options = [self.sequence()]
        while self.taken("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options), at)

    def sequence(self) -> Pattern:
        at = self.next.at
        parts: list[Pattern] = []
        while (part := self.item()) is not None:
            parts.append(part)
        if not parts:
            self.fail(
                f"a token is missing{f' before {self.next.text!r}' if self.next.text else ''}", advice=self.advice()
            )
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts), at)

    def item(self) -> Pattern | None:
        label = ""
        lexeme = self.next
        if lexeme.kind == "name" and self.lexemes[self.place + 1].text == ":":
            self.place += 2
            label = lexeme.text
            if label in POINTS:
                self.fail(f"{label!r} has a meaning of its own and cannot be a label", lexeme)
        elif lexeme.kind == "name" and lexeme.text not in CLAUSES:
            self.fail(f"{lexeme.text!r} is no token", advice="write words in quotes")
        target = self.taken("@") is not None
        atom = self.atom(label, target)
        if atom is None:
            if label or target:
                self.fail("a token is missing")
            return None
        return self.repeated(atom)

    def atom(self, label: str, target: bool) -> Pattern | None:
        lexeme = self.next
        if lexeme.kind == "string" or lexeme.text == "[":
            return self.token(label, target)
        if lexeme.text in ("(", "<", "</", "[:") and (label or target):
            self.fail("a label or @ stands before a token only")
        if self.taken("("):
            inner = self.nested(self.choice)
            self.expect(")", lexeme)
            return inner
        if self.taken("<", "</"):
            return self.tag(lexeme)
        if self.taken("[:"):
            condition = self.condition()
            self.expect(":]", lexeme)
            return Ahead(condition, lexeme.at)
        return None

    def token(self, label: str = "", target: bool = False) -> Token:
        opened = self.next
        if opened.kind == "string":
            name = Name("word", "", opened.at)
            return Token(Compare(name, "=", self.string(), opened.at), label, target, opened.at)
        self.expect("[")
        condition = None if self.next.text == "]" else self.condition()
        self.expect("]", opened)
        return Token(condition, label, target, opened.at)

    def tag(self, opened: Lexeme) -> Tag:
        name = self.name("the name of a region")
        sign, value = "", None
        if opened.text == "<" and (found := self.taken("=", "!=")):
            sign, value = found.text, self.string()
        self.expect(">", opened)
        return Tag(name.text, sign, value, opened.text == "</", name.at)

    def repeated(self, part: Pattern) -> Pattern:
        lexeme = self.next
        if not self.taken("?", "*", "+", "{"):
            return part
        least, most = 0, None
        if lexeme.text == "?":
            most = 1
        elif lexeme.text == "+":
            least = 1
        elif lexeme.text == "{":
            first = self.number()
            if self.taken(","):
                least, most = first or 0, self.number()
            elif first is None:
                self.fail("a number is missing")
            else:
                least = most = first
            self.expect("}", lexeme)
        if least < 0 or (most is not None and (most < least or most < 1)):
            self.fail(f"{{{least},{most}}} asks for at least {least} and at most {most}", lexeme)
        if self.next.text in ("?", "*", "+", "{"):
            self.fail("a second quantifier", advice="put brackets around what is repeated")
        return Repeat(part, least, most, lexeme.at)

    def meetings(self) -> Near:
        self.taken("MU")
        opened = self.expect("(")
        near = self.near()
        self.expect(")", opened)
        return near

    def near(self) -> Near:
        lexeme = self.next
        if self.taken("("):
            inner = self.nested(self.near)
            self.expect(")", lexeme)
            return inner
        if self.taken("union"):
            return Union(self.nested(self.near), self.nested(self.near), lexeme.at)
        if not self.taken("meet"):
            if self.next.kind != "string" and self.next.text != "[":
                self.fail("expected a token, meet or union")
            return self.token()
        left, right = self.nested(self.near), self.nested(self.near)
        place = self.next
        first = self.number()
        if first is not None:
            last = self.number()
            if last is None:
                self.fail("a second number is missing")
            if last < first:
                self.fail("the numbers are in the wrong order", place)
            return Meet(left, right, first, last, "", lexeme.at)
        if self.next.kind == "name" and self.next.text not in ("meet", "union", *CLAUSES):
            return Meet(left, right, 0, 0, self.name("a region").text, place.at)
        return Meet(left, right, 1, 1, "", lexeme.at)

    # Conditions

    def condition(self) -> Condition:
        return self.nested(self.implication)

    def implication(self) -> Condition:
        left = self.joined("|", lambda: self.joined("&", self.negation))
        found = self.taken("->")
        return Both(left, "->", self.condition(), found.at) if found else left

    def joined(self, sign: str, read: Callable[[], Condition]) -> Condition:
        left = read()
        while found := self.taken(sign):
            left = Both(left, sign, read(), found.at)
        return left

    def negation(self) -> Condition:
        lexeme = self.next
        if self.taken("!"):
            return Not(self.nested(self.negation), lexeme.at)
        if self.taken("("):
            inner = self.condition()
            self.expect(")", lexeme)
            return inner
        left = self.operand()
        found = self.taken("=", "!=", "<", "<=", ">", ">=")
        if found is None:
            if isinstance(left, Call):
                return Compare(left, "!=", Number(0, left.at), left.at)
            if not isinstance(left, Name):
                self.fail("a comparison is missing")
            return Exists(left, left.at)
        if isinstance(left, Value):
            self.fail("a string can only stand on the right of a comparison", lexeme)
        return Compare(left, found.text, self.operand(), found.at)

    def operand(self) -> Operand:
        lexeme = self.next
        if lexeme.kind == "string":
            return self.string()
        if lexeme.kind == "number":
            self.place += 1
            return Number(int(lexeme.text), lexeme.at)
        name = self.name("a condition")
        if self.taken("("):
            return self.call(name)
        if self.taken("."):
            return Name(self.name("an attribute").text, name.text, name.at)
        return Name(name.text, "", name.at)

    def call(self, function: Lexeme) -> Call:
        if function.text not in FUNCTIONS:
            self.fail(f"no function is called {function.text!r}", function, f"there are {', '.join(FUNCTIONS)}")
        arguments: list[Name] = []
        while True:
            operand = self.operand()
            if not isinstance(operand, Name):
                self.fail("expected a name")
            arguments.append(operand)
            if not self.taken(","):
                break
        self.expect(")")
        if len(arguments) != FUNCTIONS[function.text]:
            self.fail(f"{function.text} takes {FUNCTIONS[function.text]} arguments", function)
        return Call(function.text, tuple(arguments), function.at)

    def string(self) -> Value:
        lexeme = self.next
        if lexeme.kind != "string":
            self.fail("a string in quotes is missing", advice=self.advice())
        self.place += 1
        flags = ""
        if self.next.text == "%":
            self.place += 1
            named = self.name("flags")
            flags = named.text
            for place, flag in enumerate(flags):
                if flag not in FLAGS:
                    raise misplaced(f"no flag {flag!r}", self.source, named.at + place, "flags are c, d, l and n")
        quote = lexeme.text[0]
        flags += "".join(flag for flag in self.flags if flag not in flags)
        return Value(lexeme.text[1:-1].replace(quote * 2, quote), flags, self.source, lexeme.at)

    # What can only be told at the end

    def check(self, query: Query) -> None:
        nodes = list(walk(query.body))
        labels = {node.label for node in nodes if isinstance(node, Token)} | POINTS
        for node in [*nodes, *(walk(query.where) if query.where else ())]:
            if isinstance(node, Name) and node.label and node.label not in labels:
                raise misplaced(f"no token is called {node.label!r}", self.source, node.at)
            if isinstance(node, Call) and node.function in ("dist", "distabs"):
                for argument in node.arguments:
                    if argument.name not in labels or argument.label:
                        raise misplaced(f"no token is called {argument.name!r}", self.source, argument.at)
        if _may_be_empty(query.body) or not any(isinstance(node, Token) for node in nodes):
            advice = "let one part be there, for example with + for *"
            raise misplaced("the query matches where nothing is", self.source, query.body.at, advice)


def _may_be_empty(node: Pattern | Near) -> bool:
    """Whether a pattern matches without taking a token."""
    match node:
        case Repeat(part=part, least=least):
            return least == 0 or _may_be_empty(part)
        case Sequence(parts=parts):
            return all(map(_may_be_empty, parts))
        case Choice(options=options):
            return any(map(_may_be_empty, options))
    return isinstance(node, Ahead)  # between tags there is a token, or the tags do not match
