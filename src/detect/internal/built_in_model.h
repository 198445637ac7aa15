// Weights that the program holds: a file under src/detect/model, read when it is first asked for.
#pragma once

#include <span>
#include <utility>

#include "base/embedded.h"
#include "base/invariant.h"

namespace privity {

std::span<const EmbeddedFile> EmbeddedModels();  // made by privity_embed

namespace detect {

// The one that `Model::Parse` makes of the file `Model::kFile`. Thread-safe.
template <typename Model>
const Model& BuiltInModel() {
  static const Model model = [] {
    const EmbeddedFile* file = FindEmbedded(EmbeddedModels(), Model::kFile);
    Invariant(file != nullptr, "the program holds the weights that it asks for");
    auto parsed = Model::Parse(file->bytes);
    Invariant(parsed.ok(), "the weights in the program are sound");
    return *std::move(parsed);
  }();
  return model;
}

}  // namespace detect
}  // namespace privity
