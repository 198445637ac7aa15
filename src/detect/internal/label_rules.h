// Values behind their labels in a text: "Nº Historia: 778219", `user=jdoe42`, "plz": "80331", and columns of a table
// with a head. A label is what would be a cue as the name of a column; so the words of all languages stand once, in the
// detector files.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "detect/internal/field_rules.h"
#include "detect/internal/label_values.h"
#include "detect/internal/said_rules.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

class LabelRules {
 public:
  // Borrows `fields`, `text` and `words`.
  LabelRules(const FieldRules& fields, const TextRules& text,
             const std::vector<std::shared_ptr<const DetectorFile>>& files,
             const std::vector<std::shared_ptr<const IdentifierWordsFile>>& languages, const GazetteerFile& gazetteer,
             const Vocabulary& words);

  // Of East Asian text, which has no spaces, the label that a word before a number ends with stands for the word from
  // then on: "お客様の運転免許証番号は306768093556".
  void ReadLabelsInSentences(Scan& scan) const;
  void FindAll(const Scan& scan, std::vector<Find>& finds) const;
  // The label before a find, when it names the find's kind.
  void Explain(const Scan& scan, const Find& find, std::vector<Evidence>& evidence) const;

 private:
  // What a word may lead to: bits.
  enum Lead : std::uint8_t {
    kEndsLabel = 1,
    kEndsVehicle = 2,  // a label of vehicles
    kSaid = 4,         // what is said in passing
    kInLog = 8         // an account's name
  };
  struct Label {
    const DetectorFile* file = nullptr;
    bool beside_people = false;  // `user`: says it only where something else speaks of people
  };

  void AddLabels(const DetectorFile& file, const std::vector<std::string>& names, bool beside_people);
  void AddLabelsOf(const IdentifierWordsFile& scripts);
  static bool IsGlued(const Scan& scan, std::size_t token);
  const DetectorFile* LabelEndingAt(const Scan& scan, std::size_t last, bool beside_people) const;
  const DetectorFile* Named(std::string_view label, const CollectionView& around) const;
  std::uint8_t LeadsOf(const Token& token) const;
  void AddEnd(std::uint32_t word, const DetectorFile& file);
  // With the label's last token.
  void FindLabelled(const Scan& scan, std::size_t last, std::uint8_t leads, std::vector<Find>& finds) const;
  void FindBehindSign(const Scan& scan, std::size_t last, std::size_t at, std::vector<Find>& finds) const;
  bool MayHoldNumber(const Scan& scan, std::size_t last, std::uint8_t leads) const;
  void FindUserInLog(const Scan& scan, std::size_t word, std::vector<Find>& finds) const;
  bool FindNamedUser(const Scan& scan, std::size_t last, std::vector<Find>& finds) const;
  void FindNumberAfter(const Scan& scan, std::size_t last, std::vector<Find>& finds) const;
  void FindHandle(const Scan& scan, std::size_t first, std::vector<Find>& finds) const;
  void Report(const Scan& scan, std::size_t begin, std::size_t size, const DetectorFile* file, double score,
              std::vector<Find>& finds) const;
  void FindSaid(const Scan& scan, std::size_t lead, std::vector<Find>& finds) const;
  std::vector<const DetectorFile*> ColumnsOf(const std::vector<std::string>& names) const;
  void FindTable(const Scan& scan, std::size_t line, std::vector<Find>& finds) const;

  static constexpr double kLabelled = 0.8;
  static constexpr std::size_t kValueBytesMax = 80;
  static constexpr std::uint32_t kUser = WordHash("user");  // before an account's name, in a log

  const FieldRules& fields_;
  const TextRules& text_;
  const LabelVocabulary& words_;
  LabelValues values_;
  SaidRules said_;
  std::vector<std::shared_ptr<const DetectorFile>> files_;
  WordMap<Label> labels_;                          // by the hashes of their words
  WordMap<std::uint8_t> leads_;                    // of every token it is asked once what the word may lead to
  WordSet networks_, of_sentences_, annotations_;  // around and behind an @
  const DetectorFile* handle_ = nullptr;
  const DetectorFile* username_ = nullptr;
};

}  // namespace privity::detect
