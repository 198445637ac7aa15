// Fills the sketches of the fields of one collection while its records stream past.
//
// Belongs to one thread; forgets each value when its record is over.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "connect/connector.h"
#include "flows/forms.h"
#include "flows/matching.h"

namespace privity {

class SketchingSink final : public RecordSink {
 public:
  SketchingSink(const SystemId& system, const Collection& collection, const ValueHash& hash,
                const std::vector<KnownSalt>& salts, std::int64_t records_max);

  // flows.enough after records_max.
  Status Take(Record record) override;
  void Skip(Error) override {}

  // Those that have values to compare. Once.
  std::vector<SketchedField> Fields();

 private:
  struct Filling {
    SketchedField field{};
    bool is_compared = true;  // false: its type or its values are not for comparing
    bool is_numbers = true;
    bool is_days = true;  // times, in files that declare no types
    std::int64_t least = 0, largest = 0;
  };
  Filling& FillingOf(std::string_view field);
  void Add(Filling& filling, std::string_view value);

  const SystemId system_;
  const Collection& collection_;
  const ValueHash& hash_;
  const std::vector<KnownSalt>& salts_;
  const std::int64_t records_max_;
  std::int64_t records_ = 0;
  std::map<std::string, Filling, std::less<>> fields_;
};

}  // namespace privity
