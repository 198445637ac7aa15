#include "workspace/word_index.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/invariant.h"

namespace privity {
namespace {

constexpr std::size_t kQuestionWordsMax = 8;

icu::UnicodeString Folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  Invariant(U_SUCCESS(status) != 0, "ICU carries its normalization data");
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString folded = normalizer->normalize(source, status);
  Invariant(U_SUCCESS(status) != 0, "valid text normalizes");
  return folded;
}

bool IsPartOfAWord(UChar32 c) {
  return u_isalnum(c) != 0 || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

// Bytes, not text: they compare in the same order in every database, whatever its collation.
Bytes Key(std::string_view word) {
  const BytesView bytes = AsBytes(word);
  return {bytes.begin(), bytes.end()};
}

// Behind every word that begins with `word`: no UTF-8 holds the byte FF.
Bytes KeyBehind(std::string_view word) {
  Bytes key = Key(word);
  key.push_back(std::byte{0xFF});
  return key;
}

}  // namespace

std::vector<std::string> WordsIn(std::string_view text, std::size_t words_max) {
  std::vector<std::string> words;
  const icu::UnicodeString folded = Folded(text);
  icu::UnicodeString word;
  const auto finish = [&] {
    if (word.isEmpty()) return;
    std::string utf8;
    word.tempSubString(0, word.moveIndex32(0, WordIndex::kWordCharactersMax)).toUTF8String(utf8);
    if (std::ranges::find(words, utf8) == words.end()) words.push_back(std::move(utf8));
    word.remove();
  };
  for (int32_t at = 0; at < folded.length() && words.size() < words_max; at = folded.moveIndex32(at, 1)) {
    const UChar32 c = folded.char32At(at);
    if (IsPartOfAWord(c)) {
      word.append(c);
    } else {
      finish();
    }
  }
  if (words.size() < words_max) finish();
  return words;
}

bool HasWords(std::string_view text, std::string_view question) {
  const std::vector<std::string> words = WordsIn(text, WordIndex::kWordsMax);
  const std::vector<std::string> wanted = WordsIn(question, kQuestionWordsMax);
  return !wanted.empty() && std::ranges::all_of(wanted, [&](const std::string& beginning) {
    return std::ranges::any_of(words, [&](const std::string& word) { return word.starts_with(beginning); });
  });
}

Status WordIndex::Put(WriteTx& tx, const IndexedText& text) const {
  PRIVITY_TRY_VOID(Remove(tx, text.kind, text.id));
  std::vector<SqlValues> rows;
  for (const std::string& word : WordsIn(text.text, kWordsMax)) {
    for (const std::string& reader : text.readers) rows.push_back({text.kind, reader, Key(word), text.id});
  }
  return tx.ExecuteMany(
      "INSERT INTO workspace_word(kind, reader, word, id) VALUES($1, $2, $3, $4) "
      "ON CONFLICT(kind, reader, word, id) DO NOTHING",
      rows);
}

Status WordIndex::Remove(WriteTx& tx, std::string_view kind, std::string_view id) const {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM workspace_word WHERE kind = $1 AND id = $2", {kind, id}));
  return Ok();
}

Result<bool> WordIndex::IsEmpty(ReadTx& tx) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT 1 FROM workspace_word LIMIT 1"));
  return !row.has_value();
}

Result<std::vector<std::string>> WordIndex::Find(ReadTx& tx, std::string_view kind, std::string_view reader,
                                                 std::string_view question, int limit) const {
  std::vector<std::string> words = WordsIn(question, kQuestionWordsMax);
  if (words.empty()) return std::vector<std::string>();
  // The longest word has the fewest matches, as a rule: it leads, the others are checked in what it finds.
  std::ranges::sort(words, {}, [](const std::string& word) { return word.size(); });
  SqlValues values = {kind, reader, Key(words.back()), KeyBehind(words.back()), kMatchesMax, limit};
  words.pop_back();
  std::string others;
  for (const std::string& word : words) {
    values.emplace_back(Key(word));
    values.emplace_back(KeyBehind(word));
    const std::size_t last = values.size();
    others +=
        " AND EXISTS (SELECT 1 FROM workspace_word o WHERE o.kind = w.kind AND o.id = w.id AND o.reader = w.reader "
        "AND o.word >= $" +
        std::to_string(last - 1) + " AND o.word < $" + std::to_string(last) + ")";
  }
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT DISTINCT id FROM (SELECT w.id AS id FROM workspace_word w WHERE w.kind = $1 AND "
                       "w.reader = $2 AND w.word >= $3 AND w.word < $4" +
                           others + " LIMIT $5) AS found ORDER BY id DESC LIMIT $6",
                       values));
  std::vector<std::string> ids;
  for (const Row& row : rows) ids.push_back(row.Get<std::string>(0));
  return ids;
}

}  // namespace privity
