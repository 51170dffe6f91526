"""The report in a real browser: no error, tables sort and filter, the concordance finds folded queries, bars open."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from shell import run

pytest.importorskip("selenium")

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = (
    "</script><script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
    " The flood of 8 November 2023 </textarea> <svg onload=\"document.title='owned'\"> was high.\n"
)


def _found() -> bool:
    """Whether Debian's chromium and its driver are there; on a machine that tests for others they are installed."""
    if shutil.which("chromium") and shutil.which("chromedriver"):
        return True
    if os.environ.get("CI") and shutil.which("apt-get") and os.geteuid() == 0:
        for command in ("apt-get -q update", "apt-get -qy install --no-install-recommends chromium chromium-driver"):
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(command.split(), capture_output=True, timeout=300, check=False)
    return bool(shutil.which("chromium") and shutil.which("chromedriver"))


@pytest.fixture(scope="module")
def browser() -> Iterator[WebDriver]:
    if not _found():
        pytest.skip("needs chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver") or "")
    try:
        driver = webdriver.Chrome(options=options, service=service)
    except WebDriverException as error:  # a machine that lets no browser start
        pytest.skip(f"chromium does not start here: {error.msg}")
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    assert run(f"wic report {CORPUS} -o {path}").code == 0
    return path.as_uri()


def errors(browser: WebDriver) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]


def column(browser: WebDriver, section: str, number: int) -> list[str]:
    """The cells that can be seen in a column of the first table of a section."""
    cells = browser.find_elements(By.CSS_SELECTOR, f"#{section} table:first-of-type tbody td:nth-child({number})")
    first = browser.find_element(By.CSS_SELECTOR, f"#{section} table")
    return [
        cell.text for cell in cells if cell.is_displayed() and first in cell.find_elements(By.XPATH, "ancestor::table")
    ]


def test_it_opens_without_a_complaint(browser, report):
    browser.get(report)
    assert errors(browser) == []
    assert browser.title == str(CORPUS)


def test_tables_sort_both_ways_and_filter(browser, report):
    browser.get(report)
    section = browser.find_element(By.ID, "words")
    count = section.find_elements(By.CSS_SELECTOR, "thead button")[1]
    for falling in (True, False):
        count.click()
        numbers = [int(text.replace(",", "")) for text in column(browser, "words", 2)]
        assert len(numbers) > 10
        assert numbers == sorted(numbers, reverse=falling)
    word = column(browser, "words", 1)[-1]
    section.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys(word)
    shown = column(browser, "words", 1)
    assert word in shown
    assert len(shown) < len(numbers)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("互联网", "互聯網"),
        ("互聯網", "互联网"),
        ("الانترنت", "الإنترنت"),
        ("อินเตอร์เน็ต", "อินเทอร์เน็ต"),
        ("FLOOD", "flood"),
    ],
)
def test_the_concordance_folds_what_is_asked_for(browser, report, query, found):
    browser.get(report)
    browser.find_element(By.ID, "query").send_keys(query)
    rows = browser.find_elements(By.CSS_SELECTOR, "#hits tr")
    assert rows
    assert f"{len(rows)} found" in browser.find_element(By.ID, "told").text
    matches = {row.find_element(By.CLASS_NAME, "match").text.replace("\u200b", "").lower() for row in rows}
    assert found in matches


def test_the_columns_of_an_arabic_concordance_stand_the_other_way(browser, report):
    browser.get(report)
    for query, mirrored in (("عام", True), ("year", False)):
        box = browser.find_element(By.ID, "query")
        box.clear()
        box.send_keys(query)
        row = browser.find_element(By.CSS_SELECTOR, "#hits tr")
        before, match, after = (
            row.find_element(By.CLASS_NAME, name).rect["x"] for name in ("before", "match", "after")
        )
        assert (before > match > after) if mirrored else (before < match < after)


def test_a_bar_opens_its_sentences(browser, report):
    browser.get(report)
    bar = browser.find_element(By.CSS_SELECTOR, "#timeline svg a")
    name = (bar.get_dom_attribute("href") or "").removeprefix("#")
    assert browser.find_element(By.ID, name).get_attribute("open") is None
    browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", bar)
    details = browser.find_element(By.ID, name)
    assert details.get_attribute("open") is not None
    assert details.find_element(By.TAG_NAME, "mark").is_displayed()


@pytest.mark.parametrize("width", [400, 1200])
def test_nothing_is_wider_than_the_window(browser, report, width):
    browser.set_window_size(width, 900)
    browser.get(report)
    wide, room = browser.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= room
    browser.set_window_size(1200, 900)


def test_a_hostile_text_stays_text(browser, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}<b>.txt").write_text(TEXT * 3)
    for command in ("report", "stats -f html", "dates -f html"):
        path = tmp_path / f"{command.split()[0]}.html"
        assert run(f"wic {command} '{tmp_path}' --raw -o {path}").code == 0
        browser.get(path.as_uri())
        assert errors(browser) == []
        assert browser.title != "owned"
        assert browser.find_elements(By.CSS_SELECTOR, "img, body b, textarea") == []
        if command == "report":
            browser.find_element(By.ID, "query").send_keys("</script>")
            assert browser.find_elements(By.CSS_SELECTOR, "#hits tr")
            assert browser.title != "owned"
