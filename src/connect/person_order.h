// Systems of last resort: no program of ours can look into them, so somebody is asked. An order says for whom, on
// behalf of which request, and what is wanted; a person (kinds "Manual task" and "E-mail") or another program (kind
// "Webhook") carries it out and says so. Their word is all there is: such a system is never read and never looked at
// again, and plan, package and certificate say so.
//
// An order is placed once, however often the work on its request is gone on with, and until it is answered every call
// that needs the answer ends with connect.awaits_answer. While a request is planned nothing is placed and nobody
// outside learns of the person.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/type_table.h"
#include "connect/connector.h"

namespace privity {

enum class OrderAct {
  kAccess,             // tell what is held about the person (GDPR Art. 15)
  kPortability,        // hand over what they provided (Art. 20)
  kErasure,            // delete it (Art. 17)
  kCorrection,         // replace what is wrong (Art. 16)
  kRestriction,        // keep it and use it for nothing (Art. 18)
  kObjection,          // no longer use it for a purpose (Art. 21)
  kConsentWithdrawal,  // likewise (Art. 7(3))
  kLifting,            // what was restricted or objected to may be used again (Art. 18(3))
};
PRIVITY_DESCRIBE_ENUM(OrderAct, kAccess, kPortability, kErasure, kCorrection, kRestriction, kObjection,
                      kConsentWithdrawal, kLifting)

// Whether the answer is what the system holds.
constexpr bool IsTelling(OrderAct act) {
  return act == OrderAct::kAccess || act == OrderAct::kPortability;
}

// How an order reaches whoever carries it out.
enum class OrderMedium {
  kTask,    // a task for a person of the company
  kLetter,  // an e-mail to others, and a task to record their answer
  kCall,    // a signed call to a program, which answers it itself
};
PRIVITY_DESCRIBE_ENUM(OrderMedium, kTask, kLetter, kCall)

enum class OrderOutcome { kDone, kNotHeld, kRefused };
PRIVITY_DESCRIBE_ENUM(OrderOutcome, kDone, kNotHeld, kRefused)

// Of a correction: the category of the taxonomy, what is wrong (none: whatever stands there) and what is right. Of the
// other changes: what is asked, and for which purpose (none: for all) as `after`.
struct OrderedChange {
  std::string what{};
  std::optional<std::string> before{};
  std::optional<std::string> after{};
};

// A file that belongs to what a system holds about the person. Holds what it reads from.
struct HandedFile {
  std::string name{};  // as it was called where it came from: data, not a path
  std::int64_t size_bytes = 0;
  // At most that many bytes from there on; none at the end.
  std::function<Result<SecretBytes>(std::int64_t offset, std::size_t bytes)> read{};
};

struct OrderAnswer {
  std::optional<OrderOutcome> outcome{};  // none: not answered yet
  std::vector<std::string> texts{};       // of what is told: what was found, in words
  std::vector<HandedFile> files{};        // and in files
};

class OrderDesk;

struct PersonOrder {
  std::string id{};       // a word of letters, digits, dots and dashes; the same for every repetition
  std::string request{};  // the rights request on behalf of which it is
  std::string store{};    // the connection
  std::string system{};   // what people call it
  OrderAct act = OrderAct::kAccess;
  std::vector<FieldValue> identifiers{};  // "email", "phone"...: never empty
  std::vector<OrderedChange> changes{};   // exactly what was approved
  bool may_place = false;                 // false while the request is planned
  OrderDesk* desk = nullptr;              // outlives the connector
};

// An order as it is remembered; nothing personal.
struct KeptOrder {
  std::string id{};
  std::string system{};
  OrderAct act = OrderAct::kAccess;
  OrderMedium medium = OrderMedium::kTask;
  Instant placed_at{};
  std::optional<Instant> answered_at{};
  std::optional<OrderOutcome> outcome{};
  std::int64_t evidence = 0;           // texts and files by which it was answered
  std::optional<std::string> task{};   // of whoever carries it out
  std::optional<std::string> entry{};  // of the ledger, that says that it was answered
};
PRIVITY_DESCRIBE(KeptOrder, (id, system, act, medium, placed_at, answered_at, outcome, evidence, task, entry))
std::vector<FieldNote> FieldNotes(const KeptOrder*);

// Where orders are kept. Room `orders` implements it; it may be asked from many threads, blocks, and is never called
// inside a transaction. Errors: those of the store of Privity, of the ledger, of tasks and mail.
class OrderDesk {
 public:
  virtual ~OrderDesk() = default;
  // Remembers the order, and makes the task or the letter that it needs; harmless when it was placed before. `to` is
  // the mailbox of a letter, `place` what the address says of where the system is.
  virtual Status Place(const PersonOrder& order, OrderMedium medium, const std::string& to,
                       const std::string& place) = 0;
  // Of what a person answers: whether they did.
  virtual Result<OrderAnswer> Look(const PersonOrder& order) = 0;
  // A program answered, with so many records and files. Repeating it is harmless.
  virtual Status Answered(const PersonOrder& order, OrderOutcome outcome, std::int64_t evidence) = 0;
  // What was ordered for a request, oldest first.
  virtual Result<std::vector<KeptOrder>> Of(const std::string& request) = 0;
};

}  // namespace privity
