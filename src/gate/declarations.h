// What a company has declared about its fields, in Fideslang YAML: datasets say which categories a field holds, systems
// say for which use which categories are processed.
//
//   dataset:                                        system:
//     - fides_key: shop                               - fides_key: webshop
//       collections:                                    dataset_references: [shop]
//         - name: customer                              privacy_declarations:
//           fields:                                       - data_use: essential.service
//             - name: email                                 data_categories: [user.contact]
//               data_categories: [user.contact.email]
//
// A declaration is a use by its data_use, or by the name of its processing activity as `privity export` writes it.
// A use covers the categories it names and everything below them. A system that names datasets speaks of those alone.
// Categories of a dataset or a collection hold for those of its fields that name none. Names are compared without case,
// underscores and the s of the plural, for a model is often called `Customer` whose table is `customers`.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace privity {

enum class Standing {
  kDeclared,       // with a category and a use for it, or as nothing personal
  kUndeclared,     // no dataset has the field
  kUncategorized,  // a dataset has it, without a category
  kNoPurpose,      // no system has a use for its category
};

class Declarations {
 public:
  // Whether a document is one of datasets or systems.
  static bool IsDeclarations(const Json& document);
  void Add(const Json& document);
  Standing Of(std::string_view collection, std::string_view field) const;
  // Whether data of this category may stand in logs: a dataset of logs, whose key has the word `log` or `logs`,
  // declares a category that covers it, and a system has a use for that there. kDeclared, kUndeclared or kNoPurpose.
  Standing InLogs(std::string_view category) const;
  std::size_t dataset_count() const { return dataset_count_; }

 private:
  struct Field {
    std::string dataset;
    std::vector<std::string> categories;
  };
  struct Use {
    std::set<std::string> datasets;  // none: all
    std::vector<std::string> categories;
  };

  void AddDataset(const Json& dataset);
  void AddFields(const Json& fields, const std::string& dataset, const std::string& prefix,
                 const std::vector<std::string>& inherited, int depth);
  void AddSystem(const Json& system);
  Standing Of(const Field& field) const;
  bool HasUse(std::string_view category, const std::string& dataset) const;

  std::multimap<std::string, Field, std::less<>> fields_;  // by comparable names
  std::set<std::pair<std::string, std::string>> logged_;   // dataset and category, of the datasets of logs
  std::vector<Use> uses_;
  std::size_t dataset_count_ = 0;
};

}  // namespace privity
