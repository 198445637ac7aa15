// The peer of bench/server.bench.mts: src/http with a handler that does nothing but give the same answer again, fields
// and body as the real binary gave them. What the real binary adds to it is routes, authentication, permissions, the
// store, encoding, counting and the log.
//
//   bare_server ANSWER THREAD [DATABASE SQL]     prints its address, serves until its standard input ends
//
// ANSWER is a file: the fields, one a line ("Name: value"), an empty line, the body. THREAD is `io`, or `worker` for
// the way that everything goes that may block. With DATABASE, a SQLite file, each request first reads the rows of SQL
// with raw sqlite3, prepared once a thread: the least that a route does which reads the store.
#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "http/http_server.h"

namespace {

// The rows of one statement, read and thrown away. One for each thread, which keeps its connection.
class Rows {
 public:
  Rows(const std::string& database, const std::string& sql) {
    sqlite3_open_v2(database.c_str(), &db_, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement_, nullptr);
  }
  ~Rows() {
    sqlite3_finalize(statement_);
    sqlite3_close(db_);
  }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  bool ReadAll() {
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(statement_)) == SQLITE_ROW) {
      for (int column = 0; column < sqlite3_column_count(statement_); ++column) sqlite3_column_text(statement_, column);
    }
    sqlite3_reset(statement_);
    return step == SQLITE_DONE;
  }

 private:
  sqlite3* db_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

class Answers final : public privity::HttpHandler {
 public:
  Answers(std::istream& answer, privity::Plan::Thread thread, std::string database, std::string sql)
      : thread_(thread), database_(std::move(database)), sql_(std::move(sql)) {
    for (std::string line; std::getline(answer, line) && !line.empty();) {
      const std::size_t colon = line.find(": ");
      fields_.Add(line.substr(0, colon), line.substr(colon + 2));
    }
    body_.assign(std::istreambuf_iterator<char>(answer), {});
  }
  privity::Plan PlanFor(const privity::Request&) override { return {.thread = thread_}; }
  privity::Response Handle(const privity::Request&) override {
    if (!database_.empty() && !ReadRows()) return privity::Response::Text(500, "text/plain", "no such rows");
    privity::Response response;
    response.headers = fields_;
    response.body = body_;
    return response;
  }
  std::variant<privity::Response, std::unique_ptr<privity::BodySink>> OpenUpload(privity::Request) override {
    return privity::Response::Text(404, "text/plain", "");
  }
  privity::Response Refuse(const privity::Request&, const privity::Error&) override {
    return privity::Response::Text(400, "text/plain", "");
  }

 private:
  bool ReadRows() const {
    thread_local Rows rows(database_, sql_);
    return rows.ReadAll();
  }

  const privity::Plan::Thread thread_;
  const std::string database_;
  const std::string sql_;
  privity::Headers fields_;
  std::string body_;
};

}  // namespace

int main(int count, char** words) {
  if (count != 3 && count != 5) return 2;
  std::ifstream answer(words[1]);
  if (!answer) return 2;
  using Thread = privity::Plan::Thread;
  Answers answers(answer, std::string_view(words[2]) == "worker" ? Thread::kWorker : Thread::kInputOutput,
                  count == 5 ? words[3] : "", count == 5 ? words[4] : "");
  const privity::SystemClock clock;
  privity::HttpOptions options;
  options.limits.connections_per_address_max = options.limits.connections_max;
  const auto server =
      privity::HttpServer::Start(options, {{.name = "bare", .address = "127.0.0.1:0", .handler = &answers}}, clock);
  if (!server.ok()) return 1;
  std::printf("%s\n", (*server)->addresses().front().c_str());
  std::fflush(stdout);
  for (char byte = 0; read(STDIN_FILENO, &byte, 1) > 0;) continue;
}
