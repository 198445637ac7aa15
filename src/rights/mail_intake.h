// Requests that people write to a mailbox of the company. A job reads what is new there and makes each letter a
// request, or adds it to one that its sender has.
//
// **Who a letter is from is not who wrote it.** The sender's address is where the answer goes and proves nobody: the
// person gets the letter that asks for the proof, as any other (portal.h).
//
//   known already (by its Message-ID)          nothing: a letter counts once
//   written by a program, or no one sender     left alone: nothing answers a machine, so no two of them talk
//   more than kLettersOfSenderMax in a day     left alone, and the next day again
//   its words name a right, as a request does  a new request, unless the sender has an open one for this right
//   any other, of somebody with an open one    a message in the newest of them; its clock does not move
//   any other                                  a new request for the right that the settings name
//
// Letters stay in the mailbox as they are; what is attached is counted and not kept. What was there before the mailbox
// was named is not read.
//
// Threads: every method may be called from many; one run at a time. Errors besides those named: the store's, the
// ledger's.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "jobs/worker.h"
#include "rights/requests.h"

namespace privity {

inline constexpr int kLettersOfSenderMax = 20;  // in a day
inline constexpr std::int64_t kLettersOfRunMax = 100;

struct MailIntakeSettings {
  bool enabled = false;
  std::optional<Uuid> connection{};  // of a mail server
  std::string folder = "INBOX";
  std::string law = "eu-gdpr";
  Right right = Right::kAccess;  // of letters whose words name none
  std::string language = "en";   // of the letters that answer
  // What came of it.
  std::optional<Instant> read_at{};
  std::optional<std::string> problem{};  // code, when the mailbox could not be read
  std::int64_t requests = 0;
  std::int64_t messages = 0;
  std::int64_t left_alone = 0;
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(MailIntakeSettings, (enabled, connection, folder, law, right, language, read_at, problem, requests,
                                      messages, left_alone, version))
std::vector<FieldNote> FieldNotes(const MailIntakeSettings*);

// A letter, as whoever reads mailboxes hands it on.
struct IncomingLetter {
  std::string id{};    // its Message-ID
  std::string from{};  // "" without one sender
  std::string from_name{};
  std::string subject{};
  std::string text{};
  std::int64_t attachments = 0;
  bool is_automatic = false;
  bool is_cut = false;
};

// The mailbox; who implements it knows connections.
class LetterBox {
 public:
  virtual ~LetterBox() = default;
  // rights.mailbox_unknown: no connection, or of a store that is no mail server.
  virtual Status Check(ReadTx& tx, const Uuid& connection) = 0;
  // Letters behind `mark`, at most `at_most`, the oldest first; answers the mark after them. Without a mark none: what
  // is new begins now. Not inside a transaction.
  virtual Result<std::string> Read(const Uuid& connection, const std::string& folder,
                                   const std::optional<std::string>& mark, std::int64_t at_most,
                                   const std::function<Status(IncomingLetter)>& on_letter,
                                   const std::stop_token& stop) = 0;
};

struct MailIntakeState;  // how far the mailbox was read, and what came of it

enum class LetterFate { kRequest, kMessage, kLeftAlone, kKnown };

class MailIntake {
 public:
  static constexpr std::string_view kJob = "rights.mail";

  // All outlive it.
  MailIntake(const RightsWorld& world, RightsRequests& requests, LetterBox& box)
      : world_(world), requests_(requests), box_(box) {}

  Result<MailIntakeSettings> Settings(ReadTx& tx) const;
  // Another connection or folder begins anew. rights.mailbox_unknown: on, and no mail server named; packs.unknown,
  // law.right_unknown; rights.settings_changed_meanwhile.
  Result<MailIntakeSettings> PutSettings(WriteTx& tx, const Caller& caller, const MailIntakeSettings& settings,
                                         std::optional<std::int64_t> expected_version);

  // Register under kJob: reads what is new.
  JobHandler Handler();
  // One letter; in a transaction of its own.
  Result<LetterFate> Take(WriteTx& tx, const MailIntakeSettings& settings, const IncomingLetter& letter);
  // Forgets letters that no mailbox gives again.
  Status Sweep(WriteTx& tx) const;

 private:
  Status Run(JobContext& context);
  Result<MailIntakeState> LoadState(ReadTx& tx) const;
  Status Save(WriteTx& tx, const MailIntakeSettings& settings, const MailIntakeState& state) const;
  Status NoteProblem(const Error& error) const;
  Result<bool> IsNew(WriteTx& tx, const IncomingLetter& letter, const std::string& sender) const;
  Result<LetterFate> Accept(WriteTx& tx, const MailIntakeSettings& settings, const IncomingLetter& letter);

  const RightsWorld world_;
  RightsRequests& requests_;
  LetterBox& box_;
};

// The right that the words of a letter name, in any language there are words for; none when they name none or several.
std::optional<Right> RightInWords(std::string_view text);

}  // namespace privity
