#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/bytes.h"
#include "connect/mail/imap_connector.h"
#include "connect/mail/imap_reply.h"
#include "connect/mail/maildir_connector.h"
#include "connect/mail/mbox_connector.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

// The mail of one row: the first field names it, "email" sent it, "to" and "cc" got it, and whatever else there is
// stands in its text.
std::string MailOf(const Made& made, const RowValues& row) {
  std::string mail = "Message-ID: <" + *row[0] + "@example.org>\nMIME-Version: 1.0\n";
  std::string text;
  for (std::size_t i = 1; i < row.size(); ++i) {
    if (!row[i]) continue;
    const std::string& field = made.fields[i];
    if (field == "email") mail += "From: <" + *row[i] + ">\n";
    if (field == "to") mail += "To: " + *row[i] + "\n";
    if (field == "cc") mail += "Cc: " + *row[i] + "\n";
    if (field != "email" && field != "to" && field != "cc") text = *row[i];
  }
  mail += "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n";
  const std::string coded = Base64Encode(AsBytes(text));
  for (std::size_t at = 0; at < coded.size(); at += 76) mail += coded.substr(at, 76) + "\n";
  return mail;
}

class MailGround : public Ground {
 public:
  std::string key_field() const override { return "@message"; }
  std::string FieldOf(const std::string& field) const override { return field == "email" ? "from_email" : "body"; }
  bool has_fixed_fields() const override { return true; }
  bool leaves_nulls_out() const override { return true; }
  bool has_references() const override { return false; }
  bool has_declared_types() const override { return false; }
};

class MboxGround final : public MailGround {
 public:
  const ConnectorKind& kind() const override { return MboxKind(); }
  std::string Url() const override { return "mbox://" + folder_.path(); }
  std::string Files() const override { return folder_.path(); }
  void Make(const Made& made) override {
    std::ofstream out(Path(made.name), std::ios::binary);
    for (const RowValues& row : made.rows) out << "From MAILER Thu Jan  1 00:00:00 2026\n" << MailOf(made, row) << "\n";
    EXPECT_TRUE(out.flush()) << Path(made.name);
  }
  void Drop(const std::string& name) override { fs::remove(Path(name)); }
  void Revoke(const std::string& name) override { fs::permissions(Path(name), fs::perms::none); }
  std::string KeyOf(const std::string&, const std::string& id) const override { return id + "@example.org"; }

 private:
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  TestFolder folder_;
};

void MakeMaildir(const fs::path& folder) {
  for (const char* part : {"cur", "new", "tmp"}) fs::create_directories(folder / part);
}

class MaildirGround final : public MailGround {
 public:
  MaildirGround() { MakeMaildir(folder_.path()); }
  const ConnectorKind& kind() const override { return MaildirKind(); }
  std::string Url() const override { return "maildir://" + folder_.path(); }
  std::string Files() const override { return folder_.path(); }
  void Make(const Made& made) override {
    MakeMaildir(Path(made.name));
    bool is_seen = false;
    for (const RowValues& row : made.rows) {
      is_seen = !is_seen;
      const std::string file = (is_seen ? "/cur/" : "/new/") + *row[0] + ".example" + (is_seen ? ":2,S" : "");
      std::ofstream out(Path(made.name) + file, std::ios::binary);
      out << MailOf(made, row);
      EXPECT_TRUE(out.flush()) << made.name;
    }
  }
  void Drop(const std::string& name) override { fs::remove_all(Path(name)); }
  void Revoke(const std::string& name) override { fs::permissions(Path(name), fs::perms::none); }
  std::string KeyOf(const std::string&, const std::string& id) const override { return id + ".example"; }

 private:
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  TestFolder folder_;
};

const char* Server() {
  return std::getenv("PRIVITY_TEST_DOVECOT");
}

std::string Said(const std::string& key) {
  return SaidOf(Server(), key);
}

// A user of the server, whose folders are written as a program would that delivers mail.
class ImapGround final : public MailGround {
 public:
  ImapGround() {
    MakeMaildir(home_);
    Own(home_);
  }
  ~ImapGround() override {
    std::error_code ignored;
    fs::remove_all(home_, ignored);
  }

  const ConnectorKind& kind() const override { return ImapKind(); }
  std::string Url() const override { return UrlOf("right", port_); }
  std::string Files() const override { return home_; }
  void Make(const Made& made) override {
    const fs::path folder = Path(made.name);
    MakeMaildir(folder);
    std::ofstream(folder / "maildirfolder").flush();
    std::ofstream uids(folder / "dovecot-uidlist");
    uids << "3 V7 N" << made.rows.size() + 1 << "\n";
    std::int64_t uid = 0;
    for (const RowValues& row : made.rows) {
      ++uid;
      uids_[{made.name, *row[0]}] = uid;
      uids << uid << " :" << *row[0] << ".example\n";
      std::ofstream out(folder / "cur" / (*row[0] + ".example:2,"), std::ios::binary);
      out << MailOf(made, row);
      EXPECT_TRUE(out.flush()) << made.name;
    }
    uids.close();
    Own(folder);
  }
  void Drop(const std::string& name) override { fs::remove_all(Path(name)); }
  bool revokes_at_once() const override { return false; }
  // It may still be seen that the mailbox is there.
  void Revoke(const std::string& name) override {
    std::ofstream(Path(name) / "dovecot-acl") << "owner l\n";
    Own(Path(name) / "dovecot-acl");
  }
  std::string KeyOf(const std::string& name, const std::string& id) const override {
    const auto uid = uids_.find({name, id});
    return "7." + std::to_string(uid == uids_.end() ? 0 : uid->second);
  }

  bool is_remote() const override { return true; }
  std::string UrlWithPassword(const std::string& password) const override { return UrlOf(password, port_); }
  std::string UrlThroughPort(int port) const override { return UrlOf("right", port); }
  int port() const override { return port_; }
  std::string ca_file() const override { return Said("ca"); }
  std::string UrlAtHost(const std::string& host) const override {
    return "imaps://" + name_ + ":right@" + host + ":" + Said("tls_port") + "/";
  }

 private:
  fs::path Path(const std::string& name) const { return home_ / ("." + connect_internal::EncodeMailboxName(name)); }
  std::string UrlOf(const std::string& password, int port) const {
    return "imap://" + name_ + ":" + password + "@127.0.0.1:" + std::to_string(port) + "/";
  }
  // The server runs as the owner of its folder.
  void Own(const fs::path& path) const {
    struct stat owner {};
    EXPECT_EQ(stat(home_.parent_path().c_str(), &owner), 0);
    EXPECT_EQ(chown(path.c_str(), owner.st_uid, owner.st_gid), 0);
    if (!fs::is_directory(path)) return;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      EXPECT_EQ(lchown(entry.path().c_str(), owner.st_uid, owner.st_gid), 0);
    }
  }
  static std::string FreshName() {
    static std::atomic<int> number = 0;
    return "connect_" + std::to_string(getpid()) + "_" + std::to_string(++number);
  }

  const std::string name_ = FreshName();
  const int port_ = std::stoi(Said("port"));
  const fs::path home_ = fs::path(Said("mail")) / name_;
  std::map<std::pair<std::string, std::string>, std::int64_t> uids_;
};

}  // namespace

GroundKind MboxGroundKind() {
  return {.name = "mbox", .why_absent = "", .make = []() -> std::unique_ptr<Ground> {
            return std::make_unique<MboxGround>();
          }};
}

GroundKind MaildirGroundKind() {
  return {.name = "maildir", .why_absent = "", .make = []() -> std::unique_ptr<Ground> {
            return std::make_unique<MaildirGround>();
          }};
}

GroundKind ImapGroundKind() {
  return {.name = "imap",
          .why_absent = Server() == nullptr ? "PRIVITY_TEST_DOVECOT is not set" : "",
          .make = []() -> std::unique_ptr<Ground> { return std::make_unique<ImapGround>(); }};
}

}  // namespace privity
