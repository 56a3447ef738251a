"""The articles as they are written in config/knowledge: read once, proved, never changed."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from hotline.i18n.catalogue import Catalogue
from hotline.infra import yamlfile
from hotline.kernel.errors import Problems
from hotline.kernel.languages import LANGS, Lang
from hotline.knowledge.model import Article, Audience, Review

# With a title above and a line about its age below, it is one message of Telegram.
BODY_LIMIT: Final = 3500
TITLE_LIMIT: Final = 40


class KnowledgeProblems(Problems):
    """The articles do not fit; `problems` names every place at once."""


class Library:
    """All articles, in the order written."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = tuple(articles)
        self._by_id = {article.id: article for article in self.articles}

    @classmethod
    def load(cls, config: Path, catalogue: Catalogue, topics: Iterable[str]) -> Self:
        """Read `config/knowledge/*.yaml`; raises KnowledgeProblems. `topics` are the intake's."""
        problems: list[str] = []
        articles: list[Article] = []
        for path in sorted((config / "knowledge").glob("*.yaml")):
            read = yamlfile.read(path, _File, problems)
            for one in read.articles if read else ():
                article = _article(one, catalogue)
                problems += [f"{path.name}: {one.id}: {why}" for why in _wrong(article, topics)]
                articles.append(article)
        seen: set[str] = set()
        for article in articles:
            problems += [f"{article.id}: the id is used twice"] if article.id in seen else []
            seen.add(article.id)
        if problems:
            raise KnowledgeProblems(problems)
        return cls(articles)

    def for_callers(self, topic: str | None) -> list[Article]:
        """What callers may read: about their topic, or, where there is nothing or none, all."""
        shown = [article for article in self.articles if article.audience == "callers"]
        return [article for article in shown if article.topic == topic] or shown

    def get(self, article_id: str) -> Article | None:
        """An article that callers may read."""
        article = self._by_id.get(article_id)
        return article if article is not None and article.audience == "callers" else None


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ArticleFile(_Part):
    # Part of a button, whose id has 64 bytes at most.
    id: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    topic: str
    audience: Audience = "callers"
    title: dict[Lang, str]
    # Either words of its own, or a text that callers also hear on the telephone.
    body: dict[Lang, str] = {}
    says: str | None = None
    source: Annotated[str, Field(min_length=3)]
    checked_on: date
    review: Review


class _File(_Part):
    articles: tuple[_ArticleFile, ...]


def _article(read: _ArticleFile, catalogue: Catalogue) -> Article:
    body = {lang: words.strip() for lang, words in read.body.items()}
    if read.says is not None:
        known = (lang for lang in LANGS if catalogue.has(lang, read.says))
        body = {lang: catalogue.t(lang, read.says) for lang in known}
    title, source, on = read.title, read.source, read.checked_on
    return Article(read.id, read.topic, read.audience, title, body, source, on, read.review)


def _wrong(article: Article, topics: Iterable[str]) -> Iterator[str]:
    if article.topic not in topics:
        yield f"there is no topic {article.topic!r}"
    for lang in LANGS:
        if not 0 < len(article.title.get(lang, "")) <= TITLE_LIMIT:
            yield f"title ({lang}): 1 to {TITLE_LIMIT} characters"
        if not 0 < len(article.body.get(lang, "")) <= BODY_LIMIT:
            yield f"body ({lang}): 1 to {BODY_LIMIT} characters"
