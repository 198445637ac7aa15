// What months are called in some fifty languages, in the cases and short forms in which dates have them: folded (Fold
// in letters.h), without those that mean more in other languages ("mac", "mail"). Of Croatian and Czech "listopad" the
// Czech.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "detect/internal/word_set.h"

namespace privity::detect {

constexpr std::array<std::string_view, 12> kMonthNames = {
    "january jan januar janvier enero ene gennaio gen janeiro januari stycznia janv jaenner gener "
    "ianuarie jaanuar jaanuaril janar januara januarie januarja janvaris janvari leden ledna ocak sausio "
    "sijecanj sijecnja styczen tammikuu tammikuussa tammikuuta urtarrilaren xaneiro yanvar ιανουάριος "
    "ιανουαρίου січень січня янв январь января януари јануар јануара јануари қаңтар հունվարի בינואר ינואר "
    "جانفي يناير ژانویه जनवरी জানুয়ারি ஜனவரி มกราคม იანვარი იანვარს",
    "february feb februar fevrier febrero febbraio fevereiro fev februari lutego fevr febreiro febrer "
    "februara februarie februarja februaris fevral helmikuu helmikuussa helmikuuta luty otsailaren shkurt "
    "vasario veebruar veebruaril veljaca veljace unor unora subat φεβρουάριος φεβρουαρίου ақпан лютий "
    "лютого фебруар фебруара фев февраль февраля февруари փետրվարի בפברואר פברואר شباط فبراير فوریه فيفري "
    "फरवरी फ़रवरी ফেব্রুয়ারি பிப்ரவரி กุมภาพันธ์ თებერვალი თებერვალს",
    "march mar marz mars marzo marco maart marca mrz mrt brezen brezna kovo maaliskuu maaliskuussa "
    "maaliskuuta machi marec maret mart marta martie marts martxoaren marzec marc marcius martsil ozujak "
    "ozujka μάρτιος μαρτίου березень березня мар март марта наурыз մարտի במרץ מרץ آذار مارس मार्च মার্চ "
    "மார்ச் มีนาคม მარტი მარტს",
    "april apr avril abril aprile abr kwietnia avr apirilaren aprel aprila aprili aprilie aprill aprillil "
    "aprilis balandzio duben dubna huhtikuu huhtikuussa huhtikuuta kwiecien nisan prill travanj travnja "
    "απρίλιος απριλίου апр апрель апреля април априла квітень квітня сәуір ապրիլի אפריל באפריל آوریل "
    "أبريل أفريل نيسان अप्रैल এপ্রিল ஏப்ரல் เมษายน აპრილი აპრილს",
    "may mai mayo maggio maio mei maja maj mag geguzes kveten kvetna maiatzaren maig maijs maija mayis "
    "majus svibanj svibnja toukokuu toukokuussa toukokuuta μάιος μαΐου май мамыр мая мај маја травень "
    "травня մայիսի במאי מאי أيار ماي مايو مه मई মে மே พฤษภาคม მაისი მაისს",
    "june jun juni juin junio giugno giu junho czerwca birzelio czerwiec ekainaren haziran iunie iyun "
    "juna junie junij junija juny juuni juunil junius junijs kesakuu kesakuussa kesakuuta lipanj lipnja "
    "qershor xuno cerven cervna ιουνίου ιούνιος июн июнь июня маусым червень червня юни јун јуна јуни "
    "հունիսի ביוני יוני جوان حزيران يونيو ژوئن जून জুন ஜூன் มิถุนายน ივნისი ივნისს",
    "july jul juli juillet julio luglio lug julho lipca juil heinakuu heinakuussa heinakuuta iulie iyul "
    "jula julai julie julij julija juliol juuli juulil julius julijs korrik liepos lipiec srpanj srpnja "
    "temmuz uztailaren xullo cervence cervenec ιουλίου ιούλιος июл июль июля липень липня шілде юли јул "
    "јула јули հուլիսի ביולי יולי تموز جويلية يوليو ژوئیه जुलाई জুলাই ஜூலை กรกฎาคม ივლისი ივლისს",
    "august aug aout agosto ago augustus sierpnia augusti abuztuaren agost agosti agustus augusta "
    "augustil augusts augusztus avgust avgusta avqust agustos elokuu elokuussa elokuuta gusht kolovoz "
    "kolovoza ogos rugpjucio sierpien srpen srpna agust αυγούστου αύγουστος авг август августа серпень "
    "серпня тамыз օգոստոսի אוגוסט באוגוסט آب أغسطس أوت اوت अगस्त আগস্ট ஆகஸ்ட் สิงหาคม აგვისტო აგვისტოს",
    "september sep sept septembre septiembre settembre set setembro wrzesnia eylul irailaren rugsejo "
    "rujan rujna sentabr sentyabr septemba septembra septembrie septembril septembris septembri setembre "
    "shtator syyskuu syyskuussa syyskuuta szeptember wrzesien zari σεπτέμβριος σεπτεμβρίου вересень "
    "вересня сент сентябрь сентября септембар септембра септември қыркүйек սեպտեմբերի בספטמבר ספטמבר "
    "أيلول سبتمبر سپتامبر सितंबर सितम्बर সেপ্টেম্বর செப்டம்பர் กันยายน სექტემბერი სექტემბერს",
    "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika ekim listopada lokakuu "
    "lokakuussa lokakuuta octombrie oktabr oktoba oktobra oktobris oktobri oktoober oktoobril oktyabr "
    "pazdziernik spalio tetor urriaren rijen rijna οκτωβρίου οκτώβριος жовтень жовтня окт октобар октобра "
    "октомври октябрь октября қазан հոկտեմբերի אוקטובר באוקטובר أكتوبر اکتبر अक्टूबर अक्तूबर অক্টোবর "
    "அக்டோபர் ตุลาคม ოქტომბერი ოქტომბერს",
    "november nov novembre noviembre novembro listopada azaroaren kasim lapkricio listopad listopadu "
    "marraskuu marraskuussa marraskuuta noiembrie novemba novembra novembril novembris novembri noyabr "
    "nentor studeni studenoga νοέμβριος νοεμβρίου листопад листопада новембар новембра ноември ноя ноябрь "
    "ноября қараша նոյեմբերի בנובמבר נובמבר نوامبر نوفمبر नवंबर नवम्बर নভেম্বর நவம்பர் พฤศจิกายน ნოემბერი "
    "ნოემბერს",
    "december dec dezember dez decembre diciembre dic dicembre dezembro grudnia abenduaren aralik "
    "decembra decembrie decembris decembro decembri dekabr desemba desember desembre detsember detsembril "
    "dhjetor disember grudzien gruodzio joulukuu joulukuussa joulukuuta prosinac prosinca prosince "
    "prosinec δεκέμβριος δεκεμβρίου грудень грудня дек декабрь декабря декември децембар децембра "
    "желтоқсан դեկտեմբերի בדצמבר דצמבר دسامبر ديسمبر दिसंबर दिसम्बर ডিসেম্বর டிசம்பர் ธันวาคม დეკემბერი "
    "დეკემბერს"};

// With each of its names the month, 1 to 12.
template <typename Visit>
void VisitMonthNames(const Visit& visit) {
  for (std::size_t month = 0; month < kMonthNames.size(); ++month)
    VisitWords(kMonthNames[month], [&](std::string_view name) { visit(name, static_cast<int>(month) + 1); });
}

}  // namespace privity::detect
