// Numbers that states of Asia, Cyprus and Turkey among them, give. Each rule names the authority that publishes it;
// lengths and letters are already checked by the pattern of the detector file.
#include <array>
#include <string>

#include "detect/internal/check_digits.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

// United Arab Emirates, Emirates ID: 784, year of birth, Luhn.
bool AeIdentity(std::string_view s) {
  return s.starts_with("784") && (s[3] == '1' || s[3] == '2') && Luhn(s);
}

// Armenia, public services number: sex and day of birth in the first two digits, then month and year (law on the public
// services number, 2011); what is added to the day is not in the law, and the rule of the last digit is not public.
bool AmServices(std::string_view s) {
  const long long month = NumberOf(s.substr(2, 2));
  return month >= 1 && month <= 12;
}

bool AzVoen(std::string_view s) {
  return (s[9] == '1' || s[9] == '2') && WeightedSum(s, {4, 1, 8, 6, 2, 7, 5, 3}) % 11 == DigitAt(s, 8);
}

// China: resident identity number (GB 11643), unified social credit code (GB 32100), both with the province of GB/T
// 2260.
bool IsChineseProvince(std::string_view two_digits) {
  static constexpr std::string_view kProvinces =
      " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91 ";
  return IsAmong(kProvinces, two_digits);
}

bool CnResident(std::string_view s) {
  return IsChineseProvince(s.substr(0, 2)) && IsYearMonthDay(s.substr(6, 8)) && (s[6] == '1' || s[6] == '2') &&
         Mod11_2(s);
}

bool CnCredit(std::string_view s) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  static constexpr std::string_view kRegistrars = "123456789ANY", kKinds = "123459";
  constexpr std::string_view kCentral = "10";  // registered by the state itself
  if (kRegistrars.find(s[0]) == s.npos || kKinds.find(s[1]) == s.npos) return false;
  if (s.substr(2, 2) != kCentral && !IsChineseProvince(s.substr(2, 2))) return false;
  static constexpr std::array<int, 17> kWeights = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
  long sum = 0;
  for (int i = 0; i < 17; ++i) {
    const auto value = kAlphabet.find(s[i]);
    if (value == kAlphabet.npos) return false;
    sum += static_cast<long>(value) * kWeights[i];
  }
  return kAlphabet[(31 - sum % 31) % 31] == s[17];
}

// Cyprus, tax identification code: odd places are translated.
bool CyVat(std::string_view s) {
  static constexpr std::array<int, 10> kOdd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
  const std::string_view d = s.substr(s.size() - 9);
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += i % 2 == 0 ? kOdd[DigitAt(d, i)] : DigitAt(d, i);
  return !d.starts_with("12") && d[8] == 'A' + sum % 26;
}

// Hong Kong, identity card: letters from A = 10, a space counts 36 (Immigration Department).
bool HkIdentity(std::string_view s) {
  const std::string padded = s.size() == 8 ? " " + std::string(s) : std::string(s);
  long sum = 9L * (padded[0] == ' ' ? 36 : Base36(padded[0]));
  for (int i = 1; i < 8; ++i) sum += static_cast<long>(9 - i) * Base36(padded[i]);
  return padded[8] == "0123456789A"[From11(sum)];
}

// Indonesia, NIK: province and regency, which are counted from 01 and towns from 71 (Kemendagri's codes), birth date
// with 40 added to the day for women.
bool IdNik(std::string_view s) {
  static constexpr std::string_view kProvinces =
      " 11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 "
      "96 97 ";
  const long long regency = NumberOf(s.substr(2, 2));
  const bool known = (regency >= 1 && regency <= 40) || (regency >= 71 && regency <= 79);
  int day = static_cast<int>(NumberOf(s.substr(6, 2)));
  if (day > 40) day -= 40;
  return IsAmong(kProvinces, s.substr(0, 2)) && known &&
         IsDay(static_cast<int>(NumberOf(s.substr(10, 2))), static_cast<int>(NumberOf(s.substr(8, 2))), day);
}

// Indonesia, NPWP: Luhn over the first nine of fifteen digits; of sixteen the first is a 0 before them (PMK
// 112/PMK.03/2022).
bool IdNpwp(std::string_view s) {
  return Luhn(s.substr(s.size() - 15, 9));
}

// Israel: Luhn; the noughts at the beginning of nine digits may be left out, and add nothing.
bool IlIdentity(std::string_view s) {
  return s.find_first_not_of('0') != s.npos && Luhn(s);
}

// India: Aadhaar by Verhoeff (UIDAI), PAN by its letters, GSTIN by Luhn mod 36, EPIC by Luhn.
bool InAadhaar(std::string_view s) {
  return s[0] >= '2' && Verhoeff(s) && std::string(s.rbegin(), s.rend()) != s;
}

bool InPan(std::string_view s) {
  return s.substr(5, 4) != "0000";
}

bool InGstin(std::string_view s) {
  const long long state = NumberOf(s.substr(0, 2));
  return state >= 1 && state <= 38 && LuhnBase36(s);
}

bool InEpic(std::string_view s) {
  return Luhn(s.substr(3));
}

// India, licences begin with the letters of a state (Motor Vehicles Act 1988, section 41(6)).
bool InState(std::string_view s) {
  static constexpr std::string_view kStates =
      " AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TG TN TR TS UA "
      "UK "
      "UP WB ";
  return IsAmong(kStates, s.substr(0, 2));
}

// Iran, national code.
bool IrNational(std::string_view s) {
  const long rest = WeightedSum(s, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return s.find_first_not_of(s[0]) != s.npos && (rest < 2 ? rest : 11 - rest) == DigitAt(s, 9);
}

// Japan: individual number (Order 85/2014 art. 5) and corporate number.
bool JpIndividual(std::string_view s) {
  const long rest = WeightedSum(s, {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return (rest <= 1 ? 0 : 11 - rest) == DigitAt(s, 11);
}

bool JpCorporate(std::string_view s) {
  return 9 - WeightedSum(s.substr(1), {2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1}) % 9 == DigitAt(s, 0);
}

// Korea: resident registration number (with birth date) and business number. The six last digits of those born from 5
// October 2020 on are arbitrary (주민등록법 시행규칙, 2020); 3 and 4 before them are this century's.
bool KrResident(std::string_view s) {
  constexpr long long kFirstArbitrary = 20'10'05, kLastArbitrary = 39'12'31;  // not decades from now
  if (!IsYearMonthDay(s.substr(0, 6))) return false;
  const long long born = NumberOf(s.substr(0, 6));
  if ((s[6] == '3' || s[6] == '4') && born >= kFirstArbitrary && born <= kLastArbitrary) return true;
  return (11 - WeightedSum(s, {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5}) % 11) % 10 == DigitAt(s, 12);
}

bool KrBusiness(std::string_view s) {
  const long sum = WeightedSum(s, {1, 3, 7, 1, 3, 7, 1, 3, 5}) + DigitAt(s, 8) * 5 / 10;
  return (10 - sum % 10) % 10 == DigitAt(s, 9);
}

// Kuwait, civil number: century, birth date, mod 11.
bool KwCivil(std::string_view s) {
  return (s[0] == '2' || s[0] == '3') && IsYearMonthDay(s.substr(1, 6)) &&
         11 - WeightedSum(s, {2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}) % 11 == DigitAt(s, 11);
}

// Kazakhstan, IIN: two rounds of weights. It began with the birth date, the century and the sex until 2013 (Government
// decree 853 of 26 August 2013).
bool KzIin(std::string_view s) {
  long check = WeightedSum(s, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) % 11;
  if (check == 10) check = WeightedSum(s, {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2}) % 11;
  return check < 10 && check == DigitAt(s, 11);
}

bool KzIinDated(std::string_view s) {
  return IsYearMonthDay(s.substr(0, 6)) && s[6] >= '1' && s[6] <= '6' && KzIin(s);
}

// Sri Lanka: day of the year, 500 more for women.
bool LkIdentity(std::string_view s) {
  const long long day = NumberOf(s.substr(s.size() == 12 ? 4 : 2, 3)) % 500;
  return day >= 1 && day <= 366;
}

// Mongolia, register number: two letters (four bytes of Cyrillic), birth date with 20 added to the month since 2000,
// and two digits (order 331 of 2010 of the General Authority for State Registration).
bool MnRegister(std::string_view s) {
  constexpr int kSince2000 = 20;
  const std::string_view digits = s.substr(s.size() - 8);
  int month = static_cast<int>(NumberOf(digits.substr(2, 2)));
  if (month > kSince2000) month -= kSince2000;
  return IsDay(static_cast<int>(NumberOf(digits.substr(0, 2))), month, static_cast<int>(NumberOf(digits.substr(4, 2))));
}

// Malaysia, MyKad: birth date and place.
bool MyIdentity(std::string_view s) {
  static constexpr std::string_view kNone = " 00 17 18 19 20 69 70 73 80 81 94 95 96 97 ";
  return IsYearMonthDay(s.substr(0, 6)) && !IsAmong(kNone, s.substr(6, 2));
}

// Oman, VATIN: ISO 7064 mod 11,2 over what follows "OM" and the two digits of the kind.
bool OmVat(std::string_view s) {
  return Mod11_2(s.substr(4));
}

bool PkCnic(std::string_view s) {
  return s[0] >= '1' && s[0] <= '7' && s[12] != '0';
}

// Qatar, QID: century and year of birth, then the nationality as ISO 3166-1 numbers it, withdrawn numbers too.
bool QaIdentity(std::string_view s) {
  static constexpr std::string_view kCountries =
      " 004 008 010 012 016 020 024 028 031 032 036 040 044 048 050 051 052 056 060 064 068 070 072 074 076 084 086 "
      "090 "
      "092 096 100 104 108 112 116 120 124 132 136 140 144 148 152 156 158 162 166 170 174 175 178 180 184 188 191 192 "
      "196 200 203 204 208 212 214 218 222 226 230 231 232 233 234 238 239 242 246 248 250 254 258 260 262 266 268 270 "
      "275 276 278 280 288 292 296 300 304 308 312 316 320 324 328 332 334 336 340 344 348 352 356 360 364 368 372 376 "
      "380 384 388 392 398 400 404 408 410 414 417 418 422 426 428 430 434 438 440 442 446 450 454 458 462 466 470 474 "
      "478 480 484 492 496 498 499 500 504 508 512 516 520 524 528 531 533 534 535 540 548 554 558 562 566 570 574 578 "
      "580 581 583 584 585 586 591 598 600 604 608 612 616 620 624 626 630 634 638 642 643 646 652 654 659 660 662 663 "
      "666 670 674 678 682 686 688 690 694 702 703 704 705 706 710 716 720 724 728 729 732 736 740 744 748 752 756 760 "
      "762 764 768 772 776 780 784 788 792 795 796 798 800 804 807 810 818 826 831 832 833 834 840 850 854 858 860 862 "
      "876 882 886 887 891 894 ";
  return IsAmong(kCountries, s.substr(3, 3));
}

// Saudi Arabia: 1 or 2 and Luhn.
bool SaIdentity(std::string_view s) {
  return (s[0] == '1' || s[0] == '2') && Luhn(s);
}

// Singapore, NRIC and FIN: letter tables by prefix (ICA).
bool SgNric(std::string_view s) {
  long sum = WeightedSum(s.substr(1), {2, 7, 6, 5, 4, 3, 2});
  if (s[0] == 'T' || s[0] == 'G') sum += 4;
  if (s[0] == 'M') sum += 3;
  const std::string_view table = s[0] == 'S' || s[0] == 'T' ? "JZIHGFEDCBA"
                                 : s[0] == 'M'              ? "XWUTRQPNJLK"
                                                            : "XWUTRQPNMLK";
  return s[8] == table[sum % 11];
}

// Singapore, unique entity number: of businesses, of companies by year, of others (ACRA, uen.gov.sg).
bool SgUen(std::string_view s) {
  static constexpr std::string_view kAlphabet = "ABCDEFGHJKLMNPQRSTUVWX0123456789";
  static constexpr std::array<int, 9> kWeights = {4, 3, 5, 3, 10, 2, 2, 5, 7};
  if (s.size() == 9) return s[8] == "XMKECAWLJDB"[WeightedSum(s, {10, 4, 9, 3, 8, 2, 7, 1}) % 11];
  if (AllDigits(s.substr(0, 9))) return s[9] == "ZKCMDNERGWH"[WeightedSum(s, {10, 8, 6, 4, 9, 7, 5, 3, 1}) % 11];
  long sum = -5;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    const auto value = kAlphabet.find(s[i]);
    if (value == kAlphabet.npos) return false;
    sum += static_cast<long>(value) * kWeights[i];
  }
  return s[9] == kAlphabet[static_cast<std::size_t>((sum + 11) % 11)];
}

bool ThIdentity(std::string_view s) {
  return s[0] != '9' && (11 - WeightedSum(s, {13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 10 == DigitAt(s, 12);
}

// Turkey: T.C. kimlik no and vergi kimlik no.
bool TrIdentity(std::string_view s) {
  const long odd = WeightedSum(s, {1, 0, 1, 0, 1, 0, 1, 0, 1});
  const long even = WeightedSum(s, {0, 1, 0, 1, 0, 1, 0, 1});
  const long tenth = ((odd * 7 - even) % 10 + 10) % 10;
  return s[0] != '0' && tenth == DigitAt(s, 9) && (odd + even + tenth) % 10 == DigitAt(s, 10);
}

bool TrTax(std::string_view s) {
  long sum = 0;
  for (int i = 0; i < 9; ++i) {
    const int shifted = (DigitAt(s, i) + 9 - i) % 10;
    if (shifted != 0) {
      const int power = (shifted << (9 - i)) % 9;
      sum += power == 0 ? 9 : power;
    }
  }
  return (10 - sum % 10) % 10 == DigitAt(s, 9);
}

// Taiwan: national identification number and unified business number.
bool TwIdentity(std::string_view s) {
  static constexpr std::string_view kOrder = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
  const int place = static_cast<int>(kOrder.find(s[0])) + 10;
  return (place / 10 + place % 10 * 9 + WeightedSum(s.substr(1), {8, 7, 6, 5, 4, 3, 2, 1, 1})) % 10 == 0;
}

bool TwBusiness(std::string_view s) {
  static constexpr std::array<int, 8> kWeights = {1, 2, 1, 2, 1, 2, 4, 1};
  int sum = 0;
  for (int i = 0; i < 8; ++i) {
    sum += DigitSum(DigitAt(s, i) * kWeights[i]);
  }
  return sum % 5 == 0 || (s[6] == '7' && (sum + 1) % 5 == 0);
}

// Uzbekistan, PINFL: sex and century, then the birth date.
bool UzPinfl(std::string_view s) {
  return IsDayMonthYear(s.substr(1, 6));
}

bool VnTax(std::string_view s) {
  const long check = 10 - WeightedSum(s, {31, 29, 23, 19, 17, 13, 7, 5, 3}) % 11;
  return check >= 0 && check < 10 && check == DigitAt(s, 9);
}

}  // namespace

std::span<const Validator> AsianValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"ae_identity", AeIdentity, 0.02, "784[0-9]{12}"},
      {"am_services", AmServices, 0.12, "[1-9][0-9]{9}"},
      {"az_voen", AzVoen, 0.018, "[0-9]{10}"},
      {"cn_credit", CnCredit, 0.03, "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"},
      {"cn_resident", CnResident, 0.0006, "[1-8][0-9]{16}[0-9X]"},
      {"cy_vat", CyVat, 0.04, "CY[0-9]{8}[A-Z] [0-9]{8}[A-Z]"},
      {"hk_identity", HkIdentity, 0.09, "[A-Z][A-Z]?[0-9]{6}[0-9A]"},
      {"id_nik", IdNik, 0.026, "[1-9][0-9]{15}"},
      {"id_npwp", IdNpwp, 0.1, "[0-9]{15} 0[0-9]{15}"},
      {"il_identity", IlIdentity, 0.1, "[0-9]{8,9}"},
      {"in_aadhaar", InAadhaar, 0.08, "[2-9][0-9]{11}"},
      {"in_epic", InEpic, 0.1, "[A-Z]{3}[0-9]{7}"},
      {"in_gstin", InGstin, 0.028, "[0-3][0-9][A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]"},
      {"in_pan", InPan, 0.9999, "[A-Z]{5}[0-9]{4}[A-Z]"},
      {"in_state", InState, 0.062, "[A-Z]{2}[0-9]{13}"},
      {"ir_national", IrNational, 0.09, "[0-9]{10}"},
      {"jp_corporate", JpCorporate, 0.1, "[1-9][0-9]{12}"},
      {"jp_individual", JpIndividual, 0.1, "[0-9]{12}"},
      {"kr_business", KrBusiness, 0.1, "[1-9][0-9]{9}"},
      {"kr_resident", KrResident, 0.005, "[0-9]{13}"},
      {"kw_civil", KwCivil, 0.0024, "[23][0-9]{11}"},
      {"kz_iin", KzIin, 0.091, "[0-9]{12}"},
      {"kz_iin_dated", KzIinDated, 0.002, "[0-9]{12}"},
      {"lk_identity", LkIdentity, 0.73, "[0-9]{9}[VX] [12][0-9]{11}"},
      {"mn_register", MnRegister, 0.07, "[АБВГДЕЁЖЗИЙКЛМНОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ]{4}[0-9]{8} [A-Z]{2}[0-9]{8}"},
      {"my_identity", MyIdentity, 0.031, "[0-9]{12}"},
      {"om_vat", OmVat, 0.09, "OM1[0-9]{8}[0-9X]"},
      {"pk_cnic", PkCnic, 0.63, "[1-7][0-9]{12}"},
      {"qa_identity", QaIdentity, 0.26, "[23][0-9]{10}"},
      {"sa_identity", SaIdentity, 0.1, "[12][0-9]{9}"},
      {"sg_nric", SgNric, 0.0385, "[STFGM][0-9]{7}[A-Z]"},
      {"sg_uen", SgUen, 0.05, "[0-9]{8,9}[A-Z] [RST][0-9]{2}[A-Z]{2}[0-9]{4}[A-Z]"},
      {"th_identity", ThIdentity, 0.09, "[1-8][0-9]{12} 0[0-9]{12}"},
      {"tr_identity", TrIdentity, 0.01, "[1-9][0-9]{10}"},
      {"tr_tax", TrTax, 0.1, "[0-9]{10}"},
      {"tw_business", TwBusiness, 0.2, "[0-9]{8}"},
      {"tw_identity", TwIdentity, 0.1, "[A-Z][1289][0-9]{8}"},
      {"uz_pinfl", UzPinfl, 0.037, "[1-6][0-9]{13}"},
      {"vn_tax", VnTax, 0.09, "[0-9]{10} [0-9]{13}"},
  });
  return kAll;
}

}  // namespace privity::detect
