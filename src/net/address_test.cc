#include "net/address.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

struct ClassRow {
  const char* address;
  AddressClass expected;
};

// Both ends of each range, and the neighbors just outside.
const ClassRow kClasses[] = {
    {"0.0.0.0", AddressClass::kUnspecified},
    {"0.255.255.255", AddressClass::kUnspecified},
    {"1.0.0.0", AddressClass::kPublic},
    {"9.255.255.255", AddressClass::kPublic},
    {"10.0.0.0", AddressClass::kPrivate},
    {"10.255.255.255", AddressClass::kPrivate},
    {"11.0.0.0", AddressClass::kPublic},
    {"100.63.255.255", AddressClass::kPublic},
    {"100.64.0.0", AddressClass::kSharedCarrier},
    {"100.127.255.255", AddressClass::kSharedCarrier},
    {"100.128.0.0", AddressClass::kPublic},
    {"100.100.100.200", AddressClass::kMetadata},
    {"127.0.0.1", AddressClass::kLoopback},
    {"127.255.255.254", AddressClass::kLoopback},
    {"128.0.0.0", AddressClass::kPublic},
    {"168.63.129.16", AddressClass::kMetadata},
    {"168.63.129.17", AddressClass::kPublic},
    {"169.254.0.1", AddressClass::kLinkLocal},
    {"169.254.169.254", AddressClass::kMetadata},
    {"169.255.0.0", AddressClass::kPublic},
    {"172.15.255.255", AddressClass::kPublic},
    {"172.16.0.0", AddressClass::kPrivate},
    {"172.31.255.255", AddressClass::kPrivate},
    {"172.32.0.0", AddressClass::kPublic},
    {"192.0.0.192", AddressClass::kReserved},
    {"192.0.2.1", AddressClass::kReserved},
    {"192.168.0.1", AddressClass::kPrivate},
    {"192.169.0.0", AddressClass::kPublic},
    {"198.18.0.0", AddressClass::kReserved},
    {"198.20.0.0", AddressClass::kPublic},
    {"203.0.113.255", AddressClass::kReserved},
    {"223.255.255.255", AddressClass::kPublic},
    {"224.0.0.1", AddressClass::kMulticast},
    {"239.255.255.255", AddressClass::kMulticast},
    {"255.255.255.255", AddressClass::kReserved},
    {"::", AddressClass::kUnspecified},
    {"::1", AddressClass::kLoopback},
    {"::7f00:1", AddressClass::kTranslated},
    {"::ffff:127.0.0.1", AddressClass::kTranslated},
    {"::ffff:8.8.8.8", AddressClass::kTranslated},
    {"64:ff9b::7f00:1", AddressClass::kTranslated},
    {"64:ff9b:1::a00:1", AddressClass::kTranslated},
    {"2001:0:7f00:1::", AddressClass::kTranslated},
    {"2001:20::1", AddressClass::kReserved},
    {"2001:200::1", AddressClass::kPublic},
    {"2001:db8::1", AddressClass::kReserved},
    {"2002:7f00:1::", AddressClass::kTranslated},
    {"2606:4700::1111", AddressClass::kPublic},
    {"3fff::1", AddressClass::kReserved},
    {"4000::1", AddressClass::kReserved},
    {"fc00::1", AddressClass::kPrivate},
    {"fd00:ec2::254", AddressClass::kMetadata},
    {"fd00:ec2::253", AddressClass::kPrivate},
    {"fe80::1", AddressClass::kLinkLocal},
    {"fec0::1", AddressClass::kPrivate},
    {"ff02::1", AddressClass::kMulticast},
};

TEST(IpAddress, BelongsToTheRegistrysClass) {
  for (const ClassRow& row : kClasses) {
    const auto address = IpAddress::Parse(row.address);
    ASSERT_TRUE(address.ok()) << row.address;
    EXPECT_EQ(ClassName(address->Class()), ClassName(row.expected)) << row.address;
  }
}

TEST(IpAddress, SpellingsThatProgramsReadDifferentlyAreRefused) {
  for (const char* text :
       {"127.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433", "127.0.0.01", "127.0.0.1.", " 127.0.0.1", "127.0.0.1\n",
        "127.0.0.256", "[::1]", "fe80::1%eth0", "::1/128", "", "localhost", "١٢٧.0.0.1"}) {
    EXPECT_TRUE(IpAddress::Parse(text).error().Is("net.address_invalid")) << text;
  }
  EXPECT_FALSE(IpAddress::Parse(std::string_view("127.0.0.1\0.example.org", 22)).ok());
}

TEST(IpAddress, PrintsWhatItParsed) {
  for (const char* text : {"127.0.0.1", "2001:db8::1", "::", "::ffff:10.0.0.1", "fe80::1"}) {
    EXPECT_EQ(IpAddress::Parse(text).value().ToString(), text);
  }
}

struct NetworkRow {
  const char* network;
  const char* address;
  bool inside;
};

TEST(Network, ContainsExactlyItsPrefix) {
  for (const NetworkRow& row :
       {NetworkRow{"10.0.0.0/8", "10.255.0.1", true}, NetworkRow{"10.0.0.0/8", "11.0.0.0", false},
        NetworkRow{"10.1.2.0/23", "10.1.3.255", true}, NetworkRow{"10.1.2.0/23", "10.1.4.0", false},
        NetworkRow{"10.1.2.3", "10.1.2.3", true}, NetworkRow{"10.1.2.3", "10.1.2.2", false},
        NetworkRow{"0.0.0.0/0", "8.8.8.8", true}, NetworkRow{"0.0.0.0/0", "::1", false},
        NetworkRow{"fd00::/9", "fd7f::1", true}, NetworkRow{"fd00::/9", "fd80::1", false}}) {
    const Network network = Network::Parse(row.network).value();
    EXPECT_EQ(network.Contains(IpAddress::Parse(row.address).value()), row.inside) << row.network << " " << row.address;
  }
}

TEST(Network, NonsenseIsRefused) {
  for (const char* text :
       {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.1/8", "::/129", "10/8", "/8", "x"}) {
    EXPECT_TRUE(Network::Parse(text).error().Is("net.network_invalid")) << text;
  }
}

TEST(AddressPolicy, RefusesWhatIsNotPublicUnlessItsNetworkIsAllowed) {
  const auto inside = IpAddress::Parse("10.1.2.3").value();
  EXPECT_EQ(AddressPolicy{}.CheckAddress("db.example.org", inside).error().DebugString(),
            "net.address_refused{host=db.example.org, address=10.1.2.3, class=private}");
  const AddressPolicy policy{.allowed_networks = {Network::Parse("10.1.0.0/16").value()}};
  EXPECT_TRUE(policy.CheckAddress("db.example.org", inside).ok());
  EXPECT_FALSE(policy.CheckAddress("db.example.org", IpAddress::Parse("10.2.0.1").value()).ok());
}

TEST(AddressPolicy, AWideNetworkDoesNotOpenTheMetadataService) {
  const auto metadata = IpAddress::Parse("169.254.169.254").value();
  AddressPolicy policy{.allowed_networks = {Network::Parse("169.254.0.0/16").value()}};
  EXPECT_FALSE(policy.CheckAddress("x", metadata).ok());
  policy.allowed_networks.push_back(Network::Parse("169.254.169.254").value());
  EXPECT_TRUE(policy.CheckAddress("x", metadata).ok());
}

TEST(AddressPolicy, AHostListNamesHostsExactlyOrEverythingBelowADot) {
  const AddressPolicy policy{.allowed_hosts = {"api.example.org", ".example.net"}};
  for (const char* host : {"api.example.org", "a.example.net", "b.a.example.net"})
    EXPECT_TRUE(policy.CheckHost(host).ok());
  for (const char* host :
       {"example.org", "xapi.example.org", "api.example.org.evil.example", "example.net", "evilexample.net", ""}) {
    EXPECT_TRUE(policy.CheckHost(host).error().Is("net.host_not_allowed")) << host;
  }
}

}  // namespace
}  // namespace privity
