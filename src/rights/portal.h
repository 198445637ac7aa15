// The door for the person who asks: proves that a mailbox is theirs, and lets them see and do what concerns them.
//
// A visit is a browser with a cookie. It begins with an address and gets a one-time code, by e-mail or as a text
// message to the number that was claimed in a request of that address (text_gateway.h): 8 digits from the system's
// generator, 5 tries, 10 minutes, kept as a keyed hash, bound to that browser. From the code on, and for half an hour,
// the visit sees the requests of that address, and every open one has a fresh proof of identity. A code by text proves
// the number and not the address: it opens what nobody proved more for (RightsRequests::OfPerson).
//
// Nobody learns here whether a person is known: beginning a visit does the same work and answers the same for every
// address; whether a letter is written is decided by a job, later. Counters are kept by the keyed hash of whatever
// was typed, so they do not tell either.
//
// Threads: every method may be called from many. Errors besides those named: the store's, the ledger's.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "jobs/job_queue.h"
#include "jobs/worker.h"
#include "rights/requests.h"
#include "rights/text_gateway.h"

namespace privity {

inline constexpr int kCodeDigits = 8;
inline constexpr int kCodeTries = 5;
inline constexpr std::chrono::minutes kCodeLifetime{10};
inline constexpr std::chrono::minutes kVisitLifetime{30};
// Of one address in an hour, of one network in a quarter of an hour, of all together in an hour.
inline constexpr int kCodesOfAddressMax = 5;
inline constexpr int kVisitsOfNetworkMax = 30;
inline constexpr int kVisitsMax = 2'000;
// Wrong codes for one address in a day, whatever the browser.
inline constexpr int kWrongCodesMax = 20;
// Text messages cost money: to one number in a day, of all together in an hour.
inline constexpr int kTextsOfNumberMax = 5;
inline constexpr int kTextsMax = 300;

enum class CodeChannel { kMail, kText };
PRIVITY_DESCRIBE_ENUM(CodeChannel, kMail, kText)

struct PortalVisit {
  SecretString cookie;
  Instant expires_at;
  bool proven = false;      // this browser proved the address before: no code goes out
  bool needs_proof = true;  // false: the law lets nobody be asked; the code only lets them follow the request
};

class Portal {
 public:
  static constexpr std::string_view kCodeJob = "rights.code";

  // All outlive it.
  Portal(const RightsWorld& world, RightsRequests& requests, const JobQueue& jobs, const TextGateway& texts)
      : world_(world), requests_(requests), jobs_(jobs), texts_(texts) {}

  // Where the visitor comes from, "192.0.2.7". rights.too_many_tries{retry_after_seconds}; mail.address_invalid.
  // By kText, rights.texts_off where the company has no gateway.
  Result<PortalVisit> Begin(WriteTx& tx, const std::string& email, const std::string& language,
                            const std::string& network, CodeChannel channel = CodeChannel::kMail);
  // Makes the request and begins a visit for its address; a browser that proved this address already goes on in its
  // own.
  Result<PortalVisit> Ask(WriteTx& tx, const NewRightsRequest& request, const std::string& network,
                          RightsRequestId* made, const SecretString& cookie = SecretString(""),
                          CodeChannel channel = CodeChannel::kMail);
  // Another code for the address of this visit, by this channel; the one before no longer counts. What the browser
  // proved stays proven. rights.not_signed_in for a browser without a visit; those of Begin.
  Status AnotherCode(WriteTx& tx, const SecretString& cookie, CodeChannel channel, const std::string& network);
  // A visit of somebody whom the company's own sign-in proved (assertion.h), with what it proved besides the address.
  Result<PortalVisit> BeginProven(WriteTx& tx, const std::string& email, const std::vector<Identifier>& identifiers,
                                  const std::string& language, const std::string& network);
  // The code came back. A transaction of its own, so that a wrong one is counted. rights.code_wrong;
  // rights.too_many_tries.
  Status Confirm(const SecretString& cookie, const std::string& code);
  // Who this browser proved to be. rights.not_signed_in.
  Result<ProvenPerson> Who(ReadTx& tx, const SecretString& cookie) const;
  Status End(WriteTx& tx, const SecretString& cookie);

  // Register under kCodeJob: makes the code and sends it, if there is a request of the address.
  JobHandler Handler();
  // Deletes visits and counters that are over.
  Status Sweep(WriteTx& tx);

 private:
  struct Proven;
  Result<std::optional<Proven>> ProvenBy(ReadTx& tx, const SecretString& cookie) const;
  Status Count(WriteTx& tx, const std::string& counter, int most, Duration window);
  Status CountVisit(WriteTx& tx, const std::string& network);
  Status CheckChannel(ReadTx& tx, CodeChannel channel) const;
  Status QueueCode(WriteTx& tx, const std::string& token_hash) const;
  Status SendCode(JobContext& context);
  struct Ordered;
  Result<std::optional<TextMessage>> Prepare(WriteTx& tx, JobContext& context, const std::string& visit);
  Status MailCode(WriteTx& tx, const Ordered& ordered, const std::string& code) const;
  Result<std::optional<std::string>> NumberFor(WriteTx& tx, const Ordered& ordered);
  Result<std::string> EmailIn(const std::string& token_hash, const Bytes& sealed) const;
  Status Prove(WriteTx& tx, const SecretString& cookie, const std::string& email,
               const std::optional<std::string>& number);
  Result<std::string> HashOf(const std::string& token_hash, std::string_view code) const;

  const RightsWorld world_;
  RightsRequests& requests_;
  const JobQueue& jobs_;
  const TextGateway& texts_;
};

}  // namespace privity
