// The mailbox of room rights, over a connection of the register: whatever mail server is connected there.
#pragma once

#include <functional>

#include "datamap/datamap.h"
#include "rights/mail_intake.h"

namespace privity {

class ConnectedLetterBox final : public LetterBox {
 public:
  // Asked for when it is used first: the register is built later.
  explicit ConnectedLetterBox(std::function<const Datamap&()> datamap) : datamap_(std::move(datamap)) {}

  Status Check(ReadTx& tx, const Uuid& connection) override;
  Result<std::string> Read(const Uuid& connection, const std::string& folder, const std::optional<std::string>& mark,
                           std::int64_t at_most, const std::function<Status(IncomingLetter)>& on_letter,
                           const std::stop_token& stop) override;

 private:
  Result<std::unique_ptr<Connector>> Open(ReadTx& tx, const Uuid& connection, const std::stop_token& stop) const;

  const std::function<const Datamap&()> datamap_;
};

}  // namespace privity
