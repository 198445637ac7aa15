// What single values of columns look like, whatever the column is called.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "detect/internal/token_scan.h"
#include "detect/internal/vocabulary.h"

namespace privity::detect {

bool IsYesOrNo(std::string_view value);
// One to four words of letters, each with a capital one or none of them in small letters.
bool IsNameShaped(const Scan& scan);
bool IsYear(std::string_view value);
// "429-ZYS-77", "LOT93425G": capitals, digits and signs in one, as codes of things are.
bool IsCode(std::string_view value);
// ISO 2108 and ISO 3297: the numbers of books and, with their hyphen, of journals have check digits that those of
// other numbers are like.
bool IsIsbn(std::string_view value);
// "45.7640;4.8357", "47,2184 / -1,5536", "50.6292N 3.0573E": a latitude and a longitude.
bool AreDegrees(std::string_view value);
// "410.399.624", "1,204,500": a quantity with its thousands apart.
bool IsInThousands(std::string_view value);
// "$52,400", "2 180 €/mois", "850": digits, and at most signs and two words beside them.
bool IsAmount(const Scan& scan);
// Seven digits or more with a plus or zero before them, or in the groups that some country writes its telephones in
// (ITU-T E.123; formats of national numbering plans). A trailing extension ("x92091") is left aside.
bool IsPhoneLike(std::string_view value);
// How postal codes are written, where the way of writing says so: "SW1A 1AA", "K1A 0B1", "1234 AB", "00-123". Digits
// are 9, letters A.
bool IsPostalForm(std::string_view value);
// "D-80331", "DE 44135", "A-6020": with the sign of the country, as among those of one's own.
bool IsPostalAbroad(std::string_view value);
// Postal codes whose signs were left out: "50030230" for "50030-230", "88.015-310".
bool IsPlainPostal(std::string_view value);
// "5149 0803": how several countries write all their telephones.
bool IsGroupedEight(std::string_view value);
// "49-015420-323751-8": how an IMEI is printed, with its check digit (3GPP TS 23.003, GSMA TS.06).
bool IsPrintedImei(std::string_view value);
// "10.0.0.0/8": addresses of a whole network are nobody's. `rest` begins with the address.
bool IsNetwork(std::string_view rest);
// "984 221 637" written as one: 8 to 12 digits, as telephones are where nobody groups them.
bool IsPlainPhone(std::string_view value);
// "+48 601 ...", "0049 171 ...": with the number of a country.
bool IsInternationalPhone(std::string_view value);
bool IsFiveDigits(std::string_view value);
// What only the names of firms have: "Kuhn & Co", "Weber GmbH".
bool IsFirmLike(const CompanyVocabulary& words, const Scan& scan);
// "North Haven", "Lake Placid", "Fredericksburg": how towns are called that stand in no list.
bool IsTownLike(const Scan& scan);
// One to four words and the number of a house: "Ojalaranta 94", "Vijenac Babića 8a".
bool IsStreetLike(const Scan& scan);
// "北京市朝阳区建国路88号", "東京都渋谷区神南1-2-3", "서울특별시 강남구 테헤란로 152": written from the province down
// to the number of the house.
bool IsEastAsianAddress(std::string_view value);
// "Sommer2023!", "kitty&Bruno0905", "P@ssw0rd.77": letters, digits and a sign that codes of things are not written
// with.
bool IsPasswordLike(std::string_view value);
// "杭州市", "名古屋市", "성남시".
bool IsEastAsianTown(std::string_view value);
// "K" and "M", "M" and "V", "H" and "F": the sexes by their first letters, in the languages where these are not M and
// F.
bool AreSexesInShort(std::set<std::string> letters);

}  // namespace privity::detect
