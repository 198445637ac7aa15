#include "net/url.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

struct ParseRow {
  const char* text;
  const char* printed;
};

TEST(Url, IsPrintedInOneForm) {
  for (const ParseRow& row : {ParseRow{"https://example.org", "https://example.org/"},
                              ParseRow{"HTTPS://Example.ORG/A?b=C", "https://example.org/A?b=C"},
                              ParseRow{"http://example.org:80/", "http://example.org/"},
                              ParseRow{"http://example.org:443/", "http://example.org:443/"},
                              ParseRow{"https://example.org:8443?x", "https://example.org:8443/?x"},
                              ParseRow{"https://[2001:DB8:0::1]:1/", "https://[2001:db8::1]:1/"},
                              ParseRow{"https://192.0.2.1/%41", "https://192.0.2.1/%41"},
                              ParseRow{"https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"},
                              ParseRow{"https://example.org/a@b?c=@", "https://example.org/a@b?c=@"}}) {
    const auto url = Url::Parse(row.text);
    ASSERT_TRUE(url.ok()) << row.text << " " << url.error().DebugString();
    EXPECT_EQ(url->ToString(), row.printed);
    EXPECT_EQ(Url::Parse(url->ToString()).value(), *url);
  }
}

TEST(Url, WhatCouldBeReadInTwoWaysIsRefused) {
  for (const char* text : {"",
                           "example.org",
                           "//example.org/",
                           "ftp://example.org/",
                           "file:///etc/passwd",
                           "gopher://example.org/",
                           "javascript:alert(1)",
                           "https://",
                           "https:///x",
                           "https://:443/",
                           "https://user@example.org/",
                           "https://user:pa%3Ass@example.org/",
                           "https://example.org@evil.example/",
                           "https://example.org:0/",
                           "https://example.org:65536/",
                           "https://example.org:/",
                           "https://example.org:80:80/",
                           "https://example.org:8a/",
                           "https://exa mple.org/",
                           "https://example.org/a b",
                           "https://example.org/\n",
                           "https://example.org\\@evil.example/",
                           "https://example.org/#fragment",
                           "https://b\xc3\xbc"
                           "cher.example/",
                           "https://[::1",
                           "https://[127.0.0.1]/",
                           "https://[::1%25lo]/",
                           "https://a..b/",
                           "https://.a/",
                           "https://a./",
                           "https://exa%6dple.org/",
                           "https://example.org,evil.example/"}) {
    EXPECT_TRUE(Url::Parse(text).error().Is("net.url_invalid")) << text;
  }
}

// CVE-2023-46124's family: an address in a spelling that a check by text does not recognize.
TEST(Url, AHostThatIsANumberMustBeAPlainDottedAddress) {
  for (const char* host : {"2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1",
                           "1.2.3.4.5", "256.0.0.1", "example.0x7f", "0x", "127.0.0.1.", "1"}) {
    EXPECT_TRUE(Url::Parse("https://" + std::string(host) + "/").error().Is("net.url_invalid")) << host;
  }
}

TEST(Url, AnErrorNamesTheProblemAndNeverTheText) {
  const auto url = Url::Parse("https://user:hunter2@example.org/");
  EXPECT_EQ(url.error().DebugString(), "net.url_invalid{problem=user information before the host}");
}

struct ResolveRow {
  const char* reference;
  const char* expected;
};

// The normal and abnormal examples of RFC 3986 section 5.4 that stay within http, against its base but for the host.
TEST(Url, ReferencesResolveAsRfc3986Says) {
  const Url base = Url::Parse("http://a.example/b/c/d;p?q").value();
  for (const ResolveRow& row : {ResolveRow{"g", "http://a.example/b/c/g"},
                                ResolveRow{"./g", "http://a.example/b/c/g"},
                                ResolveRow{"g/", "http://a.example/b/c/g/"},
                                ResolveRow{"/g", "http://a.example/g"},
                                ResolveRow{"//g.example", "http://g.example/"},
                                ResolveRow{"?y", "http://a.example/b/c/d;p?y"},
                                ResolveRow{"g?y", "http://a.example/b/c/g?y"},
                                ResolveRow{"#s", "http://a.example/b/c/d;p?q"},
                                ResolveRow{"g#s", "http://a.example/b/c/g"},
                                ResolveRow{";x", "http://a.example/b/c/;x"},
                                ResolveRow{"", "http://a.example/b/c/d;p?q"},
                                ResolveRow{".", "http://a.example/b/c/"},
                                ResolveRow{"./", "http://a.example/b/c/"},
                                ResolveRow{"..", "http://a.example/b/"},
                                ResolveRow{"../g", "http://a.example/b/g"},
                                ResolveRow{"../..", "http://a.example/"},
                                ResolveRow{"../../../g", "http://a.example/g"},
                                ResolveRow{"/../g", "http://a.example/g"},
                                ResolveRow{"g.", "http://a.example/b/c/g."},
                                ResolveRow{"g/../h", "http://a.example/b/c/h"},
                                ResolveRow{"g?y/../x", "http://a.example/b/c/g?y/../x"},
                                ResolveRow{"https://z.example/1", "https://z.example/1"}}) {
    const auto url = base.Resolve(row.reference);
    ASSERT_TRUE(url.ok()) << row.reference << " " << url.error().DebugString();
    EXPECT_EQ(url->ToString(), row.expected) << row.reference;
  }
}

TEST(Url, AReferenceCannotLeaveHttp) {
  const Url base = Url::Parse("https://a.example/").value();
  for (const char* text : {"file:///etc/passwd", "gopher://127.0.0.1:25/x", "javascript:alert(1)",
                           "mailto:x@example.org", "//user@evil.example/", "/\\evil.example"}) {
    EXPECT_FALSE(base.Resolve(text).ok()) << text;
  }
}

}  // namespace
}  // namespace privity
