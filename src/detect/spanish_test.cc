// Forms, reports and letters in Spanish.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "detect/detector.h"
#include "detect/testing/span_text.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// "entity:text" of the finds in a text.
std::vector<std::string> Found(const std::string& text) {
  static const auto detector = Detector::BuiltIn().value();
  return FoundIn(*detector, text);
}

struct Row {
  const char *text, *find;
};

TEST(Spanish, FieldsHoldWhatTheirHeadsSay) {
  constexpr Row kRows[] = {
      {"Trabajador: Ezequiel Oyarce Munita. RUN 11.902.554-0. Reposo total.", "person:Ezequiel Oyarce Munita"},
      {"Demandante: REMEDIOS ROS GUIRAO\nDemandado: se ignora", "person:REMEDIOS ROS GUIRAO"},
      {"Se remite a la ciudadana Yuleisy del Carmen Rondón, de 31 años.", "person:Yuleisy del Carmen Rondón"},
      {"Edad: 55 años. Obra social: OSUTHGRA. Se interna.", "organization:OSUTHGRA"},
      {"Accidente de trabajo del camarero. Mutua: Castellana de Accidentes. Revisión en un mes.",
       "organization:Castellana de Accidentes"},
      {"Paciente de 40 años. Procedencia: CAP Riera Alta", "organization:CAP Riera Alta"},
      {"Nombre Brais Apellidos Lamas Outeiral Edad 11 años Sexo V Domicilio Rúa Nova, 5 Localidad Cangas CP 36940",
       "gender:V"},
      {"Nombre Brais Apellidos Lamas Outeiral Edad 11 años Sexo V Domicilio Rúa Nova, 5 Localidad Cangas CP 36940",
       "postal_code:36940"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
  EXPECT_THAT(Found("Paciente de 40 años. Procedencia: Urgencias"), Not(Contains(HasSubstr("organization:"))));
  EXPECT_THAT(Found("Trabajadora social: consulta el lunes y el jueves."), Not(Contains(HasSubstr("organization:"))));
}

TEST(Spanish, InstitutionsAreFoundWholeWhateverTheirLetters) {
  constexpr Row kRows[] = {
      {"AYUNTAMIENTO DE VALLE DEL OLMO. Solicitud de empadronamiento del interesado.",
       "organization:AYUNTAMIENTO DE VALLE DEL OLMO"},
      {"JUZGADO DE PRIMERA INSTANCIA Nº 3 DE LORCA\nSe cita a las partes para la vista.",
       "organization:JUZGADO DE PRIMERA INSTANCIA Nº 3 DE LORCA"},
      {"La paciente ingresa en el Hospital 12 de Octubre por disnea.", "organization:Hospital 12 de Octubre"},
      {"Varón de 40 años. Trabaja en Talleres Arregui como soldador.", "organization:Talleres Arregui"},
      {"Se avisa a la UMF 171 Zapopan para el control de la paciente.", "organization:UMF 171 Zapopan"},
      {"Es trasladado al H.U. Virgen de la Vega por dolor.", "organization:H.U. Virgen de la Vega"},
      {"Resolución de la Consejería de Sanidad de Cantabria por la que se nombra al jefe.",
       "organization:Consejería de Sanidad de Cantabria"},
      {"Afiliada al IMSS desde hace años, acude por dolor.", "organization:IMSS"},
      {"Policlínica: Policlínica Dr. Juan Vega Méndez. El paciente acude por dolor.",
       "organization:Policlínica Dr. Juan Vega Méndez"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
  EXPECT_THAT(Found("Escribe a la Aseguradora Mutua Almenara, S.A. por el siniestro de la paciente."),
              Contains("organization:Aseguradora Mutua Almenara, S.A."));
}

TEST(Spanish, NamesEndBeforeTheHeadOfAFieldAndGoOnInCapitals) {
  constexpr Row kRows[] = {
      {"INFORME DE ALTA. Nombre: TOMAS Apellidos: CIFUENTES OLIVA Historia: 00778123.", "person:TOMAS"},
      {"Certifico que en el padrón figura inscrito D. ANDRES LOPERA CANO CON DNI 30984471-K.",
       "person:ANDRES LOPERA CANO"},
      {"Informe de la paciente.\nQuispe Mamani, Rufina. Mujer de 47 años.", "person:Quispe Mamani, Rufina"},
      {"Varón de 40 años, nacido en Jaca, hijo de Pascual y Benita, con permiso.", "person:Pascual"},
      {"Médico: Candelaria Morín Febles NºCol: 35 35 20118. Paciente de 25 años.", "person:Candelaria Morín Febles"},
      {"Señora: Las hermanas Piedad y Consolación, vecinas de Osuna, le escriben.", "person:Piedad"},
      {"Dice mi madre que la prima Loli te recoge mañana.", "person:Loli"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
}

TEST(Spanish, TownsStandBehindWordsForWhence) {
  constexpr Row kRows[] = {{"Paciente de 49 años, natural y vecino de Potes, ganadero.", "location:Potes"},
                           {"Mujer de 47 años, procedente de El Alto, con disnea.", "location:El Alto"},
                           {"Las hermanas, vecinas de Osuna, le escriben por su madre.", "location:Osuna"},
                           {"Traslado del asegurado, de Estella a Pamplona, por hemodiálisis.", "location:Estella"},
                           {"Localidad/Provincia: Getafe / Madrid\nEdad: 67 años", "location:Getafe"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
  EXPECT_THAT(Found("Paciente procedente de Urgencias, residente de Cirugía avisado."),
              Not(Contains(HasSubstr("location:"))));
}

TEST(Spanish, AddressesBeginWithTheirKindAndEndBeforeTheTown) {
  constexpr Row kRows[] = {
      {"con domicilio social en Polígono Torrehierro, parcela 44, 45600 Talavera de la Reina, declara",
       "address:Polígono Torrehierro, parcela 44"},
      {"con domicilio social en Polígono Torrehierro, parcela 44, 45600 Talavera de la Reina, declara",
       "postal_code:45600"},
      {"El paciente vive en la Ctra. Orihuela-Almoradí, km 4,3. Acude por dolor.",
       "address:Ctra. Orihuela-Almoradí, km 4,3"},
      {"Lugar de reposo: Serrano 1140, Puerto Montt. Trabajador de 40 años.", "location:Puerto Montt"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
}

TEST(Spanish, AgesAndSexesAreCutShort) {
  constexpr Row kRows[] = {
      {"Mujer de 81a, vive sola, la trae una vecina.", "age:81a"},
      {"Mujer de 81a, vive sola, la trae una vecina.", "gender:Mujer"},
      {"Mi abuelo, Rigoberto Tamayo, de 84, se cayó de la cama.", "age:84"},
      {"Tienen dos hijos, Ainhoa y Marcos, de 12 y 8 años.", "age:12"},
      {"Gumersindo Cañibano | Hab. 118 | 83 años | V | Procede de su domicilio", "gender:V"},
      {"Parto de la paciente, de 40 años, a las 9:47. Padre presente.", "family:Padre"},
      {"El paciente, de 59 años, antiguo tornero, acude.", "job_title:tornero"},
      {"Varón de 71 años, vive con su mujer en Don Benito.", "family:mujer"},
      {"Emeterio Rincón Balsa\n49 años\nGanadero\nNatural de Potes", "job_title:Ganadero"},
      {"Mujer de 28 años, empleada de hogar interna, que consulta por tos.", "job_title:empleada de hogar"},
      {"Paciente de 17 años, unión libre, vive con la suegra.", "demographic:unión libre"},
      {"Varón de 54 años, de profesión carpintero, acude.", "job_title:carpintero"},
      {"Su sobrina, de 31 años, trabaja de temporera.", "job_title:temporera"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
}

TEST(Spanish, DatesHaveRomanMonthsAndDaysInARow) {
  constexpr Row kRows[] = {{"Alta el 30-IX-2013 por mejoría.", "date:30-IX-2013"},
                           {"Éxitus el 14/XII/16 a las 6:50.", "date:14/XII/16"},
                           {"No asistirá los días 12, 13 y 14 de diciembre.", "date:12, 13 y 14 de diciembre"},
                           {"Incapacidad del 11 al 15 de abril de 2019.", "date:11 al 15 de abril de 2019"},
                           {"Alta caminando el 1.º de marzo.", "date:1.º de marzo"},
                           {"En Ourense, a treinta de junio de dos mil veintidós, ante el notario.",
                            "date:treinta de junio de dos mil veintidós"},
                           {"Paciente de 28 años, en España desde 2018, con tos.", "date:2018"},
                           {"Paciente de 40 años, intervenido de cadera (03/2019).", "date:03/2019"},
                           {"Revisión: 23-VIII. Paciente de 40 años.", "date:23-VIII"},
                           {"Revisión: mayo 2024. Dolores Capdevila", "date:mayo 2024"},
                           {"Ingresos previos: abr-2011 (TEP).", "date:abr-2011"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
}

TEST(Spanish, NumbersAreFoundWithTheirLastLetterAndMasked) {
  EXPECT_THAT(Found("Estimado cliente: su póliza AL-2288-901-K queda autorizada."), Contains("other_id:AL-2288-901-K"));
  EXPECT_THAT(Found("Relación de admitidos: Abarca Tello, María José ***4410**; y otros."),
              Contains("national_id:***4410**"));
  EXPECT_THAT(Found("Expediente 03/2019 del suministro de material."), Not(Contains("date:03/2019")));
  EXPECT_THAT(Found("Ca. epidermoide de lengua T2N1M0 en el paciente."), IsEmpty());
}

TEST(Spanish, LongTextsAreReadInParts) {
  constexpr int kLines = 400;
  std::string text;
  for (int i = 0; i < kLines; ++i) text += "Mujer de 49 años, natural y vecina de Potes, trabaja de temporera.\n";
  const std::vector<std::string> found = Found(text);
  EXPECT_EQ(std::ranges::count(found, "location:Potes"), kLines);
  EXPECT_EQ(std::ranges::count(found, "job_title:temporera"), kLines);
}

TEST(Spanish, EponymsGradesAndMeasuresAreNobodys) {
  for (const std::string text :
       {"Enfermedad de Dupuytren: se clasifica según Tubiana en cuatro estadios.",
        "Criterios mayores: fenómenos vasculares (Janeway), fenómenos inmunológicos (Osler, Roth).",
        "Gonalgia derecha con artrosis Kellgren-Lawrence III en la radiografía.",
        "Diuresis 900 cc. TA 134/70, Tª 37,1 en el turno de noche.",
        "Exploración del paciente. Abd: blando, depresible, Murphy (-). PPR bilateral (-). Romberg (-). No focalidad.",
        "Texto refundido de la Ley General de Derechos de las Personas con Discapacidad.",
        "Las placas Coloplast y Hollister se recortan 2 mm más que el estoma."})
    EXPECT_THAT(Found(text), IsEmpty()) << text;
}

TEST(Spanish, PeopleStandBehindWhatTheyAreInACase) {
  constexpr Row kRows[] = {
      {"El vehículo es del asegurado Faustino Roldán Cuenca, con póliza al día.", "person:Faustino Roldán Cuenca"},
      {"Rehabilitación del hombro. Fisioterapeuta: Laia. Paciente de 50 años.", "person:Laia"},
      {"Fiebre y petequias. Se ingresa al paciente de 19 años. R2 Toledo.", "person:Toledo"},
      {"A favor del menor de iniciales L.A.T.C., de 6 años. Se estima la demanda.", "person:L.A.T.C."},
      {"Nacido el 3 de mayo de 1950, hijo legítimo de Orestes Valdés y Caridad Sotolongo.", "person:Caridad Sotolongo"},
      {"Autos: \"MOREYRA, MARÍA DE LOS ÁNGELES c/ OLIVERO, DAMIÁN s/ alimentos\", juzgado de familia.",
       "person:MOREYRA, MARÍA DE LOS ÁNGELES"},
      {"Relación de los admitidos en la plaza: BADIOLA PEON, IKER ***2798**; CAÑETE LUJAN, OSCAR ***0035**.",
       "person:CAÑETE LUJAN, OSCAR"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
}

TEST(Spanish, ThoseWhomPeopleSeeForTheirWork) {
  constexpr Row kRows[] = {
      {"Control en 7 días con su médico de cabecera. Paciente: Hipólito Carrasco.", "job_title:médico de cabecera"},
      {"Querido Venancio: dice el cardiólogo de Cuenca que es un soplo. Tu hermana Loli.", "job_title:cardiólogo"},
      {"Pendiente de que la trabajadora social hable con la hija de Amparo Titos.", "job_title:trabajadora social"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
  EXPECT_THAT(Found("Consulte con su médico antes de tomar este medicamento."), IsEmpty());
}

TEST(Spanish, NumbersStandBehindTheirHeadsWhateverTheirCheckDigit) {
  constexpr Row kRows[] = {
      {"La suscrita Blanca Estela Portillo, con DUI 02448713-6, solicita la exoneración.", "national_id:02448713-6"},
      {"Hoja de egreso.\nPaciente: Guadalupe Zepeda\nRFC: ZERJ680114QK3", "tax_id:ZERJ680114QK3"},
      {"Juzgado de familia, CUIJ 21-11408837-2. Comparece doña Ana Ruiz Gil.", "other_id:21-11408837-2"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
}

TEST(Spanish, DaysAgesAndPlacesInFewWords) {
  constexpr Row kRows[] = {
      {"Doña Visitación Gil avisa de que faltan 40 sábanas desde el 5/9 en la planta.", "date:5/9"},
      {"Dos heridos, un varón de unos cuarenta años y Camila Bustos Gil.", "age:cuarenta años"},
      {"Comparece Ana Ruth Menjívar, cincuenta y un años, costurera, vecina de Ilopango.", "age:cincuenta y un años"},
      {"Atendida la conductora Yadira Castillo, 28, sin lesiones, en la calle.", "age:28"},
      {"Solicito la exoneración para mi hijo Elmer Paz. Santa Rosalía, 28 de agosto de 2021.",
       "location:Santa Rosalía"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
  EXPECT_THAT(Found("Doña Ana Ruiz vive aquí desde hace cuarenta años."), Not(Contains(HasSubstr("age:"))));
}

TEST(Spanish, WordsThatOnlyBeginASentenceAreNoNames) {
  EXPECT_THAT(Found("Evolución de Ana Ruiz Gil: día 12. Afebril. Mucositis grado I. Donante: hermano."),
              Not(Contains("person:Afebril")));
  EXPECT_THAT(Found("Ante mí, el notario, comparece doña Ana Ruiz Gil."), Not(Contains("person:Ante")));
}

}  // namespace
}  // namespace privity
