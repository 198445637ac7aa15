// privity_prepare_packs FOLDER OUT: reads every *.yaml below a folder and writes what base/prepared_yaml.h makes of
// them as one file, which the program holds (packs/internal/prepared_packs.h reads it). A file that cannot be read is
// left out: whoever loads it hears why.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/prepared_yaml.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> PackPaths(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

void Add(std::string& out, std::string_view part) {
  const auto bytes = static_cast<std::uint32_t>(part.size());
  out.append(reinterpret_cast<const char*>(&bytes), sizeof bytes).append(part);
}

bool Write(const fs::path& folder, const fs::path& out) {
  std::string all;
  for (const fs::path& path : PackPaths(folder)) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string name = path.lexically_relative(folder).string();
    const auto prepared = PrepareYaml(text, name);
    if (!prepared.ok()) continue;
    Add(all, name);
    Add(all, *prepared);
  }
  std::ofstream file(out, std::ios::binary | std::ios::trunc);
  return static_cast<bool>(file.write(all.data(), static_cast<std::streamsize>(all.size())).flush());
}

}  // namespace
}  // namespace privity

int main(int argc, char** argv) {
  if (argc == 3 && privity::Write(argv[1], argv[2])) return 0;
  std::fprintf(stderr, "usage: privity_prepare_packs FOLDER OUT\n");
  return 1;
}
