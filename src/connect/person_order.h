// Systems of last resort: no program of ours can look into them, so somebody is asked to. An order says for whom, on
// behalf of which request, and what is wanted; a person (kinds "Manual task" and "E-mail") or another program (kind
// "Webhook") carries it out and says so. Their word is all there is: such a system is never read and never looked at
// again, and plan, package and certificate say so.
//
// An order is placed once, however often the work on its request is gone on with, and until it is answered every call
// that needs the answer ends with connect.awaits_answer. While a request is planned nothing is placed and nobody
// outside learns of the person.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/type_table.h"
#include "connect/connector.h"

namespace privity {

enum class OrderAct {
  kAccess,   // tell what is held about the person (GDPR Art. 15, 20)
  kErasure,  // delete it (Art. 17)
};
PRIVITY_DESCRIBE_ENUM(OrderAct, kAccess, kErasure)

// How an order reaches whoever carries it out.
enum class OrderMedium {
  kTask,    // a task for a person of the company
  kLetter,  // an e-mail to others, and a task to record their answer
  kCall,    // a signed call to a program, which answers it itself
};
PRIVITY_DESCRIBE_ENUM(OrderMedium, kTask, kLetter, kCall)

struct OrderAnswer {
  bool is_answered = false;
  bool is_refused = false;
  std::vector<std::string> texts{};  // of an access: what was found, in words
};

class OrderDesk;

struct PersonOrder {
  std::string id{};       // a word of letters, digits, dots and dashes; the same for every repetition
  std::string request{};  // the rights request on behalf of which it is
  std::string store{};    // the connection
  std::string system{};   // what people call it
  OrderAct act = OrderAct::kAccess;
  std::vector<FieldValue> identifiers{};  // "email", "phone"...: never empty
  bool may_place = false;                 // false while the request is planned
  OrderDesk* desk = nullptr;              // outlives the connector
};

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
  // A program answered. Repeating it is harmless.
  virtual Status Answered(const PersonOrder& order, bool is_refused) = 0;
};

}  // namespace privity
