// The data map as one object: the register and everything that fills it.
//
// Callable from many threads; the parts say of themselves what blocks.
#pragma once

#include "datamap/activities.h"
#include "datamap/changes.h"
#include "datamap/connections.h"
#include "datamap/references.h"
#include "datamap/register.h"
#include "datamap/scans.h"
#include "datamap/schema.h"
#include "datamap/systems.h"
#include "datamap/world.h"

namespace privity {

class Datamap {
 public:
  explicit Datamap(DatamapWorld world)
      : world_(std::move(world)),
        systems_(world_),
        connections_(world_, systems_),
        scans_(world_, connections_),
        changes_(world_),
        references_(world_),
        activities_(world_) {}
  Datamap(const Datamap&) = delete;
  Datamap& operator=(const Datamap&) = delete;

  const Systems& systems() const { return systems_; }
  const Connections& connections() const { return connections_; }
  const Scans& scans() const { return scans_; }
  const Changes& changes() const { return changes_; }
  const References& references() const { return references_; }
  const Activities& activities() const { return activities_; }
  const Register& facts() const { return facts_; }

 private:
  const DatamapWorld world_;
  const Systems systems_;
  const Connections connections_;
  const Scans scans_;
  const Changes changes_;
  const References references_;
  const Activities activities_;
  const Register facts_{};
};

}  // namespace privity
