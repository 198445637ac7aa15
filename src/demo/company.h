// The stores of Lakeside Outfitters, a company that does not exist.
//
//   PRIVITY_TRY_VOID(WriteDemoStores(folder));
//   for (const DemoStore& store : DemoStores(folder)) Connect(store);
//
// One customer, DemoPerson(0), stands in every store; the others in some of them. The content depends on nothing: two
// runs write the same values. Blocking; one thread for a folder.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace privity {

inline constexpr std::string_view kDemoCompany = "Lakeside Outfitters";

struct DemoStore {
  std::string name;             // "Demo shop"
  std::string scheme;           // of its address: "sqlite", "file"
  std::filesystem::path place;  // absolute
};

// All are invented.
struct DemoCustomer {
  std::string name;
  std::string email;
  std::string phone;
};

inline constexpr int kDemoCustomers = 60;

// `number` from 0 to kDemoCustomers - 1.
DemoCustomer DemoPerson(int number);

// Where the stores of a folder are. The folder's path is absolute.
std::vector<DemoStore> DemoStores(const std::filesystem::path& folder);

// Makes the folder, readable by its owner only. demo.exists{folder} when there is something of that name,
// demo.shop_failed{problem}, base.file_failed, base.disk_full.
Status WriteDemoStores(const std::filesystem::path& folder);

// Removes what WriteDemoStores wrote, and the folder if nothing else stands in it. What is gone already is no error.
// base.file_failed.
Status RemoveDemoStores(const std::filesystem::path& folder);

}  // namespace privity
