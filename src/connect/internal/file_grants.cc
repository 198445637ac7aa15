#include "connect/internal/file_grants.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

#include <array>

#include "base/durable_file.h"

namespace privity::connect_internal {
namespace {

constexpr std::size_t kNameBufferBytes = 16 << 10;

std::string UserName(uid_t id) {
  std::array<char, kNameBufferBytes> buffer;
  passwd entry{};
  passwd* found = nullptr;
  if (getpwuid_r(id, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) return found->pw_name;
  return std::to_string(id);
}

std::string GroupName(gid_t id) {
  std::array<char, kNameBufferBytes> buffer;
  group entry{};
  group* found = nullptr;
  if (getgrgid_r(id, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) return found->gr_name;
  return std::to_string(id);
}

}  // namespace

Result<std::vector<Grant>> FileGrants(const std::filesystem::path& path, const CollectionName& collection) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return FileError(path, "stat");
  std::vector<Grant> grants;
  const auto add = [&](const std::string& principal, PrincipalKind kind, bool reads, bool writes) {
    Grant grant{.principal = principal, .principal_kind = kind, .collection = collection};
    if (reads) grants.push_back(grant);
    for (const Privilege privilege : {Privilege::kInsert, Privilege::kUpdate, Privilege::kDelete}) {
      grant.privilege = privilege;
      if (writes) grants.push_back(grant);
    }
  };
  const mode_t mode = status.st_mode;
  add(UserName(status.st_uid), PrincipalKind::kUser, (mode & S_IRUSR) != 0, (mode & S_IWUSR) != 0);
  add(GroupName(status.st_gid), PrincipalKind::kGroup, (mode & S_IRGRP) != 0, (mode & S_IWGRP) != 0);
  add("", PrincipalKind::kEveryone, (mode & S_IROTH) != 0, (mode & S_IWOTH) != 0);
  return grants;
}

Result<StoreGrants> GrantsOfFiles(const Description& description, const CollectionPath& path_of) {
  StoreGrants all;
  for (const Collection& collection : description.collections) {
    PRIVITY_TRY(std::vector<Grant> of_file, FileGrants(path_of(collection.name.name), collection.name));
    std::ranges::move(of_file, std::back_inserter(all.grants));
  }
  return all;
}

}  // namespace privity::connect_internal
