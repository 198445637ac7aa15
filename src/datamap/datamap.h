// The data map as one object: the register and everything that fills it.
//
// Callable from many threads; the parts say of themselves what blocks.
#pragma once

#include "datamap/access.h"
#include "datamap/account_uses.h"
#include "datamap/activities.h"
#include "datamap/changes.h"
#include "datamap/connections.h"
#include "datamap/graph.h"
#include "datamap/recipients.h"
#include "datamap/references.h"
#include "datamap/register.h"
#include "datamap/scans.h"
#include "datamap/schema.h"
#include "datamap/stewardship.h"
#include "datamap/systems.h"
#include "datamap/world.h"

namespace privity {

class Datamap {
 public:
  explicit Datamap(DatamapWorld world)
      : world_(std::move(world)),
        systems_(world_),
        connections_(world_, systems_),
        stewardships_(world_),
        scans_(world_, connections_, stewardships_),
        changes_(world_),
        references_(world_),
        activities_(world_),
        recipients_(world_, activities_),
        drawing_(world_) {}
  Datamap(const Datamap&) = delete;
  Datamap& operator=(const Datamap&) = delete;

  const DatamapWorld& world() const { return world_; }
  const Systems& systems() const { return systems_; }
  const Connections& connections() const { return connections_; }
  const Stewardships& stewardships() const { return stewardships_; }
  const Scans& scans() const { return scans_; }
  const Changes& changes() const { return changes_; }
  const References& references() const { return references_; }
  const Activities& activities() const { return activities_; }
  const Recipients& recipients() const { return recipients_; }
  const Register& facts() const { return facts_; }
  const AccessPoints& access() const { return access_; }
  const AccountUses& account_uses() const { return account_uses_; }
  const MapDrawing& drawing() const { return drawing_; }

 private:
  const DatamapWorld world_;
  const Systems systems_;
  const Connections connections_;
  const Stewardships stewardships_;
  const Scans scans_;
  const Changes changes_;
  const References references_;
  const Activities activities_;
  const Recipients recipients_;
  const MapDrawing drawing_;
  const Register facts_{};
  const AccessPoints access_{};
  const AccountUses account_uses_{};
};

}  // namespace privity
