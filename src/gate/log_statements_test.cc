#include "gate/log_statements.h"

#include <gtest/gtest.h>

#include <chrono>

namespace privity {
namespace {

// "user.email; [phone]p" for what a source logs.
std::string Values(std::string_view file, std::string_view source) {
  const auto statements = ReadLogStatements(*SourceLanguageOf(file), source, file);
  EXPECT_TRUE(statements.ok());
  std::string out;
  for (const LoggedValue& value : statements->values) {
    out += (out.empty() ? "" : "; ") + (value.label.empty() ? "" : "[" + value.label + "]") +
           (value.owner.empty() ? "" : value.owner + ".") + value.name;
  }
  return out;
}

std::int64_t Count(std::string_view file, std::string_view source) {
  return ReadLogStatements(*SourceLanguageOf(file), source, file)->count;
}

struct Case {
  std::string_view file;
  std::string_view source;
  std::string_view values;
};

TEST(LogStatements, TakesWhatIsWrittenAsItIs) {
  const Case kCases[] = {
      {"a.py", "logger.info('x %s', user.email)", "user.email"},
      {"a.py", "logging.getLogger('a').info(user['email'])", "user.email"},
      {"a.py", "log.info(f'{user.email!r} {u.phone:>10} {{no}}')", "user.email; u.phone"},
      {"a.py", "log.info('to={} cc={}'.format(x, y))", "[to]x; [cc]y"},
      {"a.py", "log.info('mail=%s' % x)", "[mail]x"},
      {"a.py", "log.info('saved', extra={'mail': x, **more})", "[mail]x; [extra]more"},
      {"a.py", "log.info(\"\"\"a\nb\"\"\", user.email)", "user.email"},
      {"a.js", "console.log(`a ${f(`b ${c}`)} ${user.email}`)", "user.email"},
      {"a.js", "this.logger.warn({ phone, mail: user.email })", "phone; [mail]user.email"},
      {"a.js", "log.info(user?.profile!.email ?? 'none')", "profile.email"},
      {"a.js", "log.info(JSON.stringify({ mail: x }))", "[mail]x"},
      {"a.js", "const r = /[/'\"]/; log.info(user.email)", "user.email"},
      {"a.ts", "logger.info((account as Account).email)", ".email"},
      {"A.java", "log.info(\"{}\", user.getEmail().trim())", "user.Email"},
      {"A.java", "log.info(request.getParameter(\"email\"))", "request.email"},
      {"A.java", "log.info(sm.getString(\"realm.failed\", user.email)); log.info(form.getString(\"mail\"))",
       "user.email; form.mail"},
      {"A.java", "log.atInfo().addKeyValue(\"mail\", x).log(\"sent\")", "[mail]x"},
      {"a.kt", "log.info { \"a $mail ${user.phone}\" }", "mail; user.phone"},
      {"a.go", "defer log.Println(user.email)\ngo log.Println(user.phone)", "user.email; user.phone"},
      {"a.go", "slog.Info(\"signup\", \"mail\", m)", "[mail]m"},
      {"a.go", "log.Info(\"otp\", zap.String(\"mail\", m), slog.Group(\"u\", slog.String(\"name\", n)))",
       "[mail]m; [name]n"},
      {"a.go", "logrus.WithFields(logrus.Fields{\"mail\": m}).Info(`x`)", "[mail]m"},
      {"a.cs", "_logger.LogInformation(\"{Mail}\", m)", "[Mail]m"},
      {"a.cs", "Log.Debug($@\"c:\\{user.Email}\")", "user.Email"},
      {"a.rb", "logger.info \"a #{user.email}\"\nuser.phone", "user.email"},
      {"a.rb", "logger.debug(params[:mail])", "params.mail"},
      {"a.php", "it's <b>html</b><?php error_log(\"$user->email {$a['iban']} $b[bic]\"); ?> it's",
       "user.email; a.iban; b.bic"},
      {"a.rs", "info!(\"{mail} {}\", user.phone); tracing::warn!(mail = %m)", "mail; user.phone; [mail]m"},
      {"a.cc", "LOG(INFO) << \"a\" << user.email; x << user.phone;", "user.email"},
      {"a.c", "log_info(\"mail=%s\", m); syslog(LOG_INFO, \"%s\", user->mail)", "[mail]m; LOG_INFO; user.mail"},
  };
  for (const Case& each : kCases) {
    std::string wanted(each.values);
    if (wanted.starts_with('.')) wanted.erase(0, 1);
    EXPECT_EQ(Values(each.file, each.source), wanted) << each.source;
  }
}

TEST(LogStatements, LeavesWhatTheLogDoesNotShow) {
  const Case kCases[] = {
      {"a.py", "logger.info('email sent to %d', len(emails))", ""},
      {"a.py", "logger.info(mask(user.email), sha256(email), user.email is not None, not email)", ""},
      {"a.py", "logger.info('yes' if email else 'no')", ""},
      {"a.py", "logger.info(email[:3])", ""},
      {"A.java", "log.info(\"password={}\", encoder.encode(password)); log.info(emails.get(id))", ""},
      {"a.py", "# logger.info(user.email)\n'''\nlogger.info(user.email)'''", ""},
      {"a.py", "math.log(user.age); print(user.email); catalog.info(user.email)", ""},
      {"a.js", "console.log(user.email ? 'a' : 'b', !user.email, user.email === x, users.map(u => u.email))", ""},
      {"a.js", "const s = 'logger.info(user.email)'; // logger.info(user.email)", ""},
      {"A.java", "if (log.isDebugEnabled()) { send(user.email); }", ""},
      {"a.c", "static void log_info(const char *email) {}\nlog_warn(char *email)\n{ }", ""},
      {"a.cc", "void Logger::info(const std::string& email) const;", ""},
      {"a.py", "def log_error(email):\n  pass", ""},
      {"a.ts", "class A { logError(email) { } }", ""},
      {"a.rb", "logger.info :email\nlogger.info 'x' if user.email", ""},
      {"a.php", "logger.info(user.email) <?php $x = 1;", ""},
      {"a.rs", "fn f<'a>(x: &'a str) { g(x.email) }", ""},
      {"a.cc", "auto s = R\"x(LOG(INFO) << user.email;)x\";", ""},
  };
  for (const Case& each : kCases) EXPECT_EQ(Values(each.file, each.source), each.values) << each.source;
}

TEST(LogStatements, KnowsWhereAValueStands) {
  const auto statements =
      ReadLogStatements(SourceLanguage::kJavaScript, "\n log.info('ü',\n  'é', user.email)", "a.js");
  ASSERT_EQ(statements->values.size(), 1u);
  EXPECT_EQ(statements->values[0].line, 3);
  EXPECT_EQ(statements->values[0].column, 13);
  EXPECT_EQ(statements->values[0].statement_line, 2);
}

TEST(LogStatements, CountsStatementsThatLogNothing) {
  EXPECT_EQ(Count("a.py", "logger.info('x')\nlog.warning('y')\nlogger.name\nlogger.setLevel(3)"), 2);
}

TEST(LogStatements, ReadsOnBehindWhatIsNotClosed) {
  EXPECT_EQ(Values("a.js", "it's\nlog.info(user.email)"), "user.email");
  EXPECT_EQ(Values("a.js", "log.info(user.email"), "");
  EXPECT_EQ(Values("a.js", "log.info([user.email)\nlog.info(user.phone)"), "user.email; user.phone");
  EXPECT_EQ(Values("a.py", "x = f'{a\nlog.info(user.phone)"), "user.phone");
  EXPECT_EQ(Values("a.py", "log.info(user.\xFF\xFE, user.phone)"), "user.phone");
  EXPECT_TRUE(ReadLogStatements(SourceLanguage::kC, std::string_view("a\0b", 3), "a.c").error().Is("gate.not_text"));
  const std::string large(kSourceBytesMax + 1, 'x');
  EXPECT_TRUE(ReadLogStatements(SourceLanguage::kC, large, "a.c").error().Is("gate.too_large"));
}

// One endless line of whatever opens something, nests or breaks off.
TEST(LogStatements, CostsNoMoreThanItsSize) {
  for (const std::string_view unit :
       {"'",     "\"",     "\\'",  "`${",       "log.info(",   "log.",        "/[",        "/*", "{[(",
        "R\"x(", "f'{",    "a.b(", "$x ",       "<<LOG(INFO)", "log.info(a,", "\"{\" % (", "{{", "log.info(x ? ",
        "r#\"",  "\"\"\"", ")]}",  "info!(\"{a"}) {
    std::string source = "<?php ";
    while (source.size() < (1 << 18)) source += unit;
    for (const SourceLanguage language :
         {SourceLanguage::kPython, SourceLanguage::kJavaScript, SourceLanguage::kKotlin, SourceLanguage::kCSharp,
          SourceLanguage::kRuby, SourceLanguage::kPhp, SourceLanguage::kRust, SourceLanguage::kC}) {
      const auto begin = std::chrono::steady_clock::now();
      static_cast<void>(ReadLogStatements(language, source, "a"));
      EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << unit << " " << EnumText(language);
    }
  }
}

}  // namespace
}  // namespace privity
