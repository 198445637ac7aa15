// What Lakeside Outfitters has recorded of itself: processing activities (GDPR Art. 30(1)) and a flow.
//
//   for (const DemoRecord& record : DemoRecords(systems)) Post(record.path, record.body);
//
// The retention of advertising and the safety measures of trips are left open: gaps are to be seen, too.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"

namespace privity {

struct DemoRecord {
  std::string path;  // of the API: "/v1/activities"
  std::string name;
  Json body;
};

// `systems` are the ids in the register by the names of DemoStores, all of them.
std::vector<DemoRecord> DemoRecords(const std::map<std::string, Json>& systems);

}  // namespace privity
