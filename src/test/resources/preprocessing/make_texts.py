"""Makes texts.json: what scikit-learn's TfidfVectorizer computes. Run in this directory."""
import json

from sklearn import __version__
from sklearn.feature_extraction.text import TfidfVectorizer

TEXTS = [
    "The quick brown fox jumps over the lazy dog",
    "the dog barks; the FOX runs, runs and runs",
    "Größe zählt nicht, Güte zählt",
    "売上 高 2024 売上",
    "naïve café, naïve déjà vu",
    "dog",
    "12 foxes & 7 dogs: 12 = 12",
    "...",
]
UNSEEN = ["a quick quick dog", "nothing of it", "売上", ""]

cases = []
for analyzer, name, low, high in [("word", "word", 1, 1), ("word", "word", 1, 2), ("char", "character", 2, 3)]:
    vectorizer = TfidfVectorizer(analyzer=analyzer, ngram_range=(low, high), token_pattern=r"[^\W_]+")
    vectorizer.fit(TEXTS)
    cases.append({
        "analyzer": name, "min_n": low, "max_n": high,
        "terms": vectorizer.get_feature_names_out().tolist(),
        "weights": vectorizer.idf_.tolist(),
        "inputs": [{"text": text, "values": {vectorizer.get_feature_names_out()[column]: value
                                            for column, value in zip(row.indices.tolist(), row.data.tolist())}}
                   for text in TEXTS + UNSEEN for row in [vectorizer.transform([text])]],
    })
with open("texts.json", "w", encoding="utf-8") as file:
    json.dump({"scikit_learn": __version__, "texts": TEXTS, "cases": cases}, file, ensure_ascii=False, indent=1)
    file.write("\n")
