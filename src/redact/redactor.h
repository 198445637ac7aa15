// Replaces what the detector finds.
//
//   PRIVITY_TRY(const Redactor redactor, Redactor::Create(detector, {.manner = RedactionManner::kLabel},
//   std::nullopt)); redactor.Text("Write to ana@example.org").text;  // "Write to [email]"
//
// With a key, equal values of one kind become equal pseudonyms, in every text and on every day; whoever lacks the key
// cannot tell from whom they came, whoever has it can try values. So a pseudonym is still personal data (GDPR Art.
// 4(5), Recital 26). Immutable; may be used from many threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/key.h"
#include "detect/detector.h"

namespace privity {

enum class RedactionManner {
  kLabel,      // [email]
  kMask,       // ***@*******.***: letters and digits are covered, signs stay
  kPseudonym,  // email-4f0a91c27d: stable for each value, by a key
  kFormat      // letters become letters, digits digits, in their case and place: stable for each value, by a key
};
PRIVITY_DESCRIBE_ENUM(RedactionManner, kLabel, kMask, kPseudonym, kFormat)

struct RedactionOptions {
  RedactionManner manner = RedactionManner::kLabel;
  std::vector<Entity> only = {};  // kinds that are replaced; none: all
};

struct RedactedSpan {
  std::int64_t start = 0;  // code points of the text as it was
  std::int64_t end = 0;
  Entity entity = Entity::kOtherId;
  std::string category;
};
PRIVITY_DESCRIBE(RedactedSpan, (start, end, entity, category))

struct RedactedText {
  std::string text;
  std::vector<RedactedSpan> replaced;
};
PRIVITY_DESCRIBE(RedactedText, (text, replaced))

class Redactor {
 public:
  // redact.key_missing when the manner needs a key and there is none.
  static Result<Redactor> Create(std::shared_ptr<const Detector> detector, RedactionOptions options,
                                 std::optional<Key> key);

  RedactedText Text(std::string_view text) const;
  // What one whole value becomes; `value` itself when its kind is not among those that are replaced.
  std::string Value(std::string_view value, Entity entity) const;
  bool Replaces(Entity entity) const;

  const Detector& detector() const { return *detector_; }

 private:
  Redactor(std::shared_ptr<const Detector> detector, RedactionOptions options, std::optional<Key> key)
      : detector_(std::move(detector)), options_(std::move(options)), key_(std::move(key)) {}

  std::string InTheSameForm(std::string_view value, Entity entity) const;

  std::shared_ptr<const Detector> detector_;
  RedactionOptions options_;
  std::optional<Key> key_;
};

}  // namespace privity
