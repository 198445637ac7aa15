// privity_train_values: makes the model of values from labelled cells.
//
//   privity_train_values --out values.model CELLS.tsv
//   privity_train_values --judge values.model CELLS.tsv
//
// A line of a file: a kind, a tab, a cell. The second form prints before each line its likely kinds, each with its
// share. The net learns in an order from a fixed seed: the same input gives the same file, bit for bit, on the same
// machine type.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "detect/internal/value_model.h"
#include "detect/training/fields/net.h"

namespace privity::detect {
namespace {

constexpr std::uint32_t kSeed = 20261128;
constexpr int kEpochs = 5;
constexpr std::size_t kRows = std::size_t{1} << 16;

struct Labelled {
  std::string kind, cell;
  std::vector<std::uint32_t> signs;
};

std::vector<Labelled> ReadCells(const std::string& path) {
  std::vector<Labelled> cells;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto tab = line.find('\t');
    if (tab == line.npos) continue;
    Labelled cell{.kind = line.substr(0, tab), .cell = line.substr(tab + 1), .signs = {}};
    ReadCellSigns(cell.cell, cell.signs);
    if (!cell.signs.empty()) cells.push_back(std::move(cell));
  }
  return cells;
}

std::string Train(const std::vector<Labelled>& cells) {
  std::map<std::string, std::size_t> places;
  for (const Labelled& cell : cells) places.emplace(cell.kind, 0);
  std::string names;
  std::size_t next = 0;
  for (auto& [kind, place] : places) {
    place = next++;
    names += kind + '\n';
  }
  std::fprintf(stderr, "%zu cells, %zu kinds\n", cells.size(), places.size());
  std::vector<NetSample> samples;
  samples.reserve(cells.size());
  for (const Labelled& cell : cells)
    samples.push_back({.own = cell.signs, .shared = {}, .detector = places.at(cell.kind)});
  const std::string net = TrainNet(samples, kRows, places.size(), kSeed, kEpochs);
  ValueModelHead head{.magic = {},
                      .rows = kRows,
                      .kinds = static_cast<std::uint32_t>(places.size()),
                      .names_bytes = static_cast<std::uint32_t>(names.size())};
  ValueModel::kMagic.copy(head.magic.data(), head.magic.size());
  return std::string(reinterpret_cast<const char*>(&head), sizeof head) + net + names;
}

void Judge(const ValueModel& model, const std::vector<Labelled>& cells) {
  constexpr float kShownMin = 0.005f;
  for (const Labelled& cell : cells) {
    const std::vector<float> shares = model.Shares(cell.signs);
    std::vector<std::pair<float, std::string_view>> shown;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (shares[i] >= kShownMin) shown.emplace_back(shares[i], model.kinds()[i]);
    }
    std::ranges::sort(shown, std::greater());
    for (const auto& [share, kind] : shown)
      std::printf("%.*s %.3f ", static_cast<int>(kind.size()), kind.data(), share);
    std::printf("\t%s\t%s\n", cell.kind.c_str(), cell.cell.c_str());
  }
}

int Run(int argc, char** argv) {
  const std::string what = argc == 4 ? argv[1] : "";
  if (what == "--out") {
    const std::string model = Train(ReadCells(argv[3]));
    std::ofstream file(argv[2], std::ios::binary | std::ios::trunc);
    file << model;
    return file.flush() ? 0 : 1;
  }
  if (what == "--judge") {
    std::ifstream file(argv[2], std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    const std::string read = bytes.str();
    const auto model = ValueModel::Parse(read);
    if (model.ok()) return Judge(*model, ReadCells(argv[3])), 0;
  }
  std::fprintf(stderr, "privity_train_values --out MODEL CELLS | --judge MODEL CELLS\n");
  return 1;
}

}  // namespace
}  // namespace privity::detect

int main(int argc, char** argv) {
  return privity::detect::Run(argc, argv);
}
