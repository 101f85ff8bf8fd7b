from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.lexicon import Lexicons
from exporter.speech.sentences import LINE_END, is_speakable, split_sentences

LEXICONS = Lexicons(Path(__file__).parents[2] / "styles")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["He waited.", "Nobody came."]),
        ("en", ["Dr. Ruiz met Mr. Paz.", "They spoke."]),
        ("en", ["It is in art. 13 of the law.", "See No. 5."]),
        ("en", ["He said no.", "Then he left."]),
        ("en", ["J. Smith and M. A. Ruiz signed.", "We did not."]),
        ("en", ["“Will you come?” she asked.", "“No.”", "He left."]),
        ("en", ["It cost 3.5 million.", "That was much."]),
        ("zh", ["他写了《谁？》一书。", "真的？！", "是的。。。", "好"]),
        (
            "en",
            [
                "President Sh.M. Okov met Yu.V. Petrov, N.Kh. Roa and Zh. Ilin.",
                "They left above.[3]",
                "While it rained.",
            ],
        ),
        ("zh", ["他说：“走吧。”", "然后他走了；", "我们留下！", "为什么？"]),
        ("zh-CN", ["《公约》第2.1条（见第12段）规定了……义务。", "第二句"]),
        ("en", ["Wait... and see.", "Well?", "Yes!"]),
        ("en", ["See Part I.", "Then II."]),
        ("en", ["See reg. 12, n. 4 and App. No. 25781/94.", "Res. 1325 of 2000 and cl. 7 apply."]),
        ("en", ["J.K. Rowling and J. R. R. Tolkien wrote.", "We read it with George W. Bush."]),
        ("en", ["The U.S. Congress met Acme Inc. Friday."]),
        ("en", ["It went to the U.S.", "The court did not.", "Vitamin A.", "The rest."]),
        ("en", ["Ring for the telephone.", "I asked George I. Okafor.", "See Case No. IT-94-1-T of 7 May 1997."]),
        ("en", ["He sat.", "Five came at 9 p.m.", "Police saw it."]),
        ("en", ["Lt. Col. Ruiz met St. John Paz Jr. Monday.", "He left."]),
        ("en", ["Writ (Crl.) No. 5 and O.A.S.T.S. No. MHA/2 are old.", "No. 7 is new.", "He left."]),
        ("en", ["Lt. Gen. (retd.) Paz met Sqn. Ldr. Roa in the Ballet Hall & Sons Inc. & Co. office.", "Police left."]),
        ("en", ["It is in Hum. Rts. J. 45.", "Pte. Roa and the 1st Armd. Div. came at 5 p.m. EAT.", "He left."]),
        (
            "en",
            [
                "It did not take long.",
                "12 fell.",
                "The hall was lit.",
                "40 came.",
                "He met Phil.",
                "4 days later he fell.",
            ],
        ),
        ("en", ["A cat.", "3 men told Cal.", "3 weeks later she drank pop.", "3 men saw the mob.", "12 left."]),
        (
            "en",
            [
                "They were not fed.",
                "Guards beat them.",
                "We were fed.",
                "12 fell ill at 5 p.m. EST.",
                "Police met Max.",
                "Roa left.",
            ],
        ),
        ("en", ["He built an App.", "They raided the Org.", "Officers left."]),
        ("en", ["He saw Rome.", "Rev. Paz did not.", "It was on tv.", "Police saw a pdf.", "Ruiz left."]),
        (
            "es",
            [
                "El Btn. Atlas y la Subtte. Paz vinieron el jue. 8 de junio.",
                "La Res. Nº 5 rige.",
                "El oficio No. CN-AR-5 no.",
            ],
        ),
        (
            "es",
            [
                "La prensa Mod. Otero pesa 90 kg.",
                "Véase el DFL. N° 7.",
                "Cita el DS. N° 88, inc. A y C y nada más.",
                "Pagó G. 35.000 por 80 Mts. 2 de tela.",
            ],
        ),
        ("es", ["Dijo que no.", "ONU 2019 viola la ley.", "12 personas quemaron un auto.", "12 vieron cal.", "40 no."]),
        ("es", ["Él es un as.", "Los demás vieron al Sarg.", "Los de la Emb.", "Ana vino en may. 2019."]),
        ("en", ["The answer was no.", "UN 2019 data is in art.", "A 2019 report says so."]),
        ("en", ["Visit hrw.org.", "12 people did w.e.f. 1 May.", "(Yes.", "12 of them.)", "It is old (est. 2013)."]),
        ("en", ["They use WhatsApp.", "In 2019 they left Rome App.", "Victims stayed.", "See App. I and App. II."]),
        ("es", ["Lo dijo el fiscal.", "9 mm y cal. 9 mm.", "Hablamos con Juan.", "N.º 957 es el decreto."]),
        ("en", ["She said no.", "I, too, was afraid of no. I, p. 3."]),
        ("ru", ["Он упал на пол.", "12 человек видели это.", "(Нет.", "5 человек.)", "Во 2-й пол. 1990-х гг. ждали."]),
        ("pt", ["Ganha 2 s.m.", "Ele mora só com 2 s.m.", "12 pessoas não."]),
        ("zh", ["读了《什么？！》之后。", "走了。"]),
        (
            "en",
            [
                "He moved to Fresno, Calif.",
                "Police met Mr. Ng.",
                "Officers saw Krk.",
                "Police wrote it (sic.)",
                "He left.",
            ],
        ),
        ("en", ["It was read by Ali.", "No. 3 prisoner left at 5 p.m.", "IT staff came in 5 min.", "Later they left."]),
        ("es", ["¿Quién vino?", "¡Nadie!", "El art. 5 lo dice."]),
        (
            "es",
            [
                "Cobró S/. 120 y B/. 30.",
                "Habló Luis O. De la Paz.",
                "Rigen el Ord. N° 12 y la Res. Def. N.° 3.",
                "Es el plan B.",
                "De la nada.",
            ],
        ),
        ("es", ["Véase exp. 45/2018, apdo. 3 y Doc. 7.", "La res. 1325 lo dice."]),
        ("es", ["D. Juan y D.ª Ana viven en C. P. 06100.", "Acme, S. A. de C. V. Paz la compró.", "La vendió."]),
        ("es", ["Vino a las 9 p. m.", "Nadie abrió.", "Volvió a EE. UU.", "La Corte no."]),
        ("es", ["En 44 a. C. y 14 d. C. hubo DD. HH. en el apdo. B de la ley.", "Nada más."]),
        ("fr", ["L’art. L. 121-1 et la req. no. 12 le disent.", "MM. Paz et Mme J.-P. Ruiz viennent."]),
        ("pt", ["D. Pedro II e o Des. Lima leram o art. 5.º, n.º 2.", "A Lei vale."]),
        ("ru", ["Закрыли 3 НКО, в т. ч. «Агору».", "Потом ушли."]),
        ("ru", ["Группа под рук. В. Орлова работала.", "У меня нет рук.", "К жизни."]),
        ("ru", ["И. И. Иванов и А.С. Пушкин жили в г. Москве.", "Суд решил."]),
        ("ru", ["В 2019 г. Европейский суд решил.", "См. ст. 10, п. 3 и гл. 2.", "Он ждал."]),
        ("ru", ["Суд вынес своё решение 5 мая 2019 г.", "Заявитель ждал.", "В XIX в. Россия ждала."]),
        ("ar", ["قال د. سامي إن م. 5 واضحة.", "انتهى."]),
        ("es", ["EE. UU. firmó en 1992.", "La Dra. Paz no."]),
        ("es", ["¡Ay! dijo ella.", "Y calló."]),
        ("fr", ["M. Dupont vint.", "Il partit (cf. p. 3)."]),
        ("ar", ["من جاء؟", "لم يأتِ أحد."]),
        ("de", ["Sie kam am 5. Mai und ging am 3. Juni 2019.", "Art. 5 Abs. 2 gilt seit dem 1. Januar."]),
        (
            "de",
            ["Die 21. Sitzung war am 3. Tag.", "Kaiser Wilhelm II. dankte z. B. Dr. Weiß.", "Es waren 12.", "Er ging."],
        ),
        ("it", ["Il Sig. Rossi e la Dott.ssa Neri citano l’art. 3.", "La legge vale."]),
        ("uk", ["І. І. Іваненко жив у м. Києві.", "У 2019 р. Європейський суд вирішив.", "Див. ст. 10, п. 3."]),
        ("tr", ["II. Mahmud ve Prof. Dr. Kaya, 5. maddeyi bkz. s. 3 okudu.", "Karar 2019’da verildi.", "Bitti."]),
        ("es", ["Fue de St. Louis a Reno.", "Habló Mr. Paz en el caso «Ruiz v. Sol».", "La vio."]),
        ("ru", ["Дж. Пол, т.е. автор, был в St. Louis.", "Он ждал."]),
        ("fr", ["L’art. 85 (sect. A), l’enq. EDS et la réf. Paz, i.e. 3 cas, le disent.", "Il part."]),
        ("fr", ["La conf.", "Ensuite, elle part.", "Ils ont franchi le cap.", "12 personnes sont mortes."]),
        ("pt", ["O Card. Lima e o Ten.-Cor. Paz leram o doc. Azul e a Res. CNJ.", "A lei vale."]),
        (
            "ru",
            [
                "Он арестован 5 мая 2019 г.",
                "12 свидетелей дали показания.",
                "Он оставил пост.",
                "12 солдат ушли.",
                "К. ю. н. Орлов и пост. № 5.",
            ],
        ),
        (
            "ru",
            ["Это было ещё в Москве в мае 2019 г.", "12 мая 2020 г. суд решил.", "Он оставил пост.", "Об этом знали."],
        ),
        ("ar", ["يدفع 350 د.إ. شهريا.", "انتهى."]),
        ("ar", ["كتب Ruiz v. Sol عنه.", "انتهى."]),
        (
            "en",
            [
                "It ends at 7 p.m. ET.",
                "Sens. Paz and Ruiz left at 5 a.m. Eastern time.",
                "He left at 5 p.m.",
                "Then us.",
            ],
        ),
        ("ur", ["وہ آیا۔", "پھر چلا گیا۔"]),
        ("ru", ["Он ждал.", "Никто не пришёл."]),
        ("en", ["It cost ca. $30 under 18 U.S.C. § 4.", "See pt. B, Sen. Lee."]),
        (
            "en",
            [
                "In G.R. No. 8, S.I. No. 3 and Crl.A. No. 5 (reg. no. KAB 123C) it lost.",
                "He left the U.S.",
                "Now he is here.",
            ],
        ),
        ("en", ["On avg. 2.3 people, max. 12.", "See Prop. 8, repr. 2001."]),
        ("es", ["El Pbro. Paz vive en la ctra. N-5.", "Escribe al Apdo. 9."]),
        ("fr", ["L’art. R. 421-1 et le col. Ba vont av. Foch.", "Il passe le col.", "Elle dort."]),
        ("pt", ["Ver parágs. 4 e 5 e a V. Exa. Dra. Sol.", "É tarde."]),
        ("ru", ["Это 3 млрд долл. США, см. прил. 5.", "Прошло прибл. 5 дней.", "Это 5 тыс.", "Он ушёл."]),
        ("de", ["Es waren 2 Mio. Menschen, d. h. Alte, u. a. Frauen.", "Es kostet 3 Mrd.", "Die Stadt zahlt."]),
        ("de", ["Sie wohnt Hauptstr. 12 seit dem 18./19. Jahrhundert.", "Vgl. Weiß et al. 2019 i. V. m. Art. 3."]),
        ("ru", ["Он жил в с. Покровка, шил и т. д.", "Потом ушёл."]),
        ("es", ["Vino el 5to. Congreso y fue a la Cra. 7.", "Se fue."]),
        ("de", ["Die 1. und 2. Kammer, Rs. C-5/20, und Dr. med. Weiß.", "Es waren 12.", "Er ging."]),
        ("tr", ["Dosya 3. Ağır Ceza Mahkemesinde.", "Bitti."]),
        ("fr", ["Un garçon, « Ali K. », dormait.", "Il dit : « Je pars. »", "Elle vint."]),
        ("es", ["El caso Paz c. Reino Unido sigue.", "Nació en 44 a. C. y murió."]),
        ("ru", ["Закон от 3 мая 2018 г. № 12 принят.", "Он действует."]),
        ("en", ["See Reg. (EC) No 5, Cap. 58 and the Inter-Am. Court.", "It met Gen. (ret.) Paz."]),
        ("ar", ["قال أ. ب. سامي ذلك.", "انتهى."]),
        ("ar", ["قابلنا السيدة ف. أ. في بيتها.", "انتهى."]),
        ("ar", ["سجن الناشط (ب. ح.) 7 سنوات.", "انتهى."]),
        ("ar", ["شهد بذلك ع.ن. (23 عاما) أمس.", "انتهى."]),
        ("ru", ["Закон поддержали 37 % опрошенных (в 2019 г. — 29 %).", "Он ушёл."]),
        ("ru", ["За 9 мес. 2021 г. заявлений не было.", "Он ушёл."]),
        ("ar", ["قابلنا د. سامي ود. كريم وأ.د. منى.", "انتهى."]),
        ("uk", ["Це 3 млрд дол. США, ок. 300 хат.", "Так."]),
        ("tr", ["Orada yakl. 300 ev var.", "Bitti."]),
        ("de", ["Er lebt in der Schweiz.", "Dort traf er Franz.", "Peter kam in seiner App.", "5 Leute gingen."]),
        ("en", ["She was a temp.", "Maria works in admin.", "He took it off.", "Police saw Reg.", "Lee left."]),
        ("en", ["5 men wore a cap.", "12 of us had no app.", "6 had a rec.", "7 left."]),
        ("ru", ["У него острый ум.", "Суд издал указ.", "Весь род.", "Он был нем.", "Пришёл граф.", "5 слуг ушли."]),
        ("uk", ["Він забив гол.", "Марія пішла.", "Багато вин.", "5 з них добрі."]),
        ("es", ["Vio la tv.", "Paz llamó por tel.", "Ruiz corrió 5 km.", "12 vinieron."]),
        ("pt", ["Viu a tv.", "Maria é o bl.", "Paz está apto.", "5 vieram."]),
        ("it", ["Venne il rev.", "Poi usò l’app.", "5 persone no."]),
        ("tr", ["Sayı 7.", "İş bitti.", "Az para.", "5 kişi gitti."]),
        ("en", ["Roa led the Bn. Atlas.", "He spoke of no. I and no. V."]),
        ("es", ["Es el Capítulo V.", "Del Río no lo leyó."]),
        ("fr", ["La rés. A/CN.9/12 le dit.", "Elle vint."]),
        ("en", ["The court (Crim. Div.) met, excl. Kosovo.", "See id. ¶ 12, ser. A and the 9th Cir. 1997."]),
        ("en", ["See Pub. L. No. 109-366 of 2006, Rs. 500 and the Fed. Cir. 1997.", "He did."]),
        ("ru", ["Он умер в кол. № 8 посёлка.", "Он ждал."]),
        ("en", ["See Ibid. 14.", "Ibid.", "The court agreed."]),
        ("fr", ["Voir nn. 3-5 et ibid. p. 5.", "Ibid.", "Elle vint."]),
        ("es", ["Véase ibíd. 14.", "Ibíd.", "La Corte no."]),
        ("es", ["Escriba al tel. +52 55 5280 o al Expte. 45.", "Fin."]),
        ("fr", ["La Rés. A/RES/60/147 le dit.", "Elle vint."]),
        ("ru", ["Рост 182 см.", "Вес 80 кг.", "См. с. 5."]),
        ("ru", ["Он провёл 3 года и 8 месяцев в ИК-2 г. Покрова, т. е. 5 часов.", "Он ждал."]),
        ("fr", ["Il passe le cap.", "Marie suit.", "Selon le Règl. (CE) no 5 ils vont."]),
        ("ru", ["Фильмы «Где же ты?» (1975) и «Тут» (1976)."]),
        ("en", ["He saw “Who knows?” (1991) twice.", "She asked: “Why?”", "(2019 was hard.)"]),
        ("pt", ["Foi ouvido o MM. Juiz.", "Ele saiu."]),
        ("es", ["Trae ruido, olores, etc., etc.", "Todo sin razón; el etc. Ruiz lo vio."]),
        ("pt", ["Vieram Rui, Ana, etc.", "Tudo acabou."]),
        ("en", ["They are Govs. Ada Paz and Rui Lee.", "The govs.", "The rest left."]),
        ("en", ["It (est. 2013) began w.e.f. 1.1.2014, at 5 p.m.", "12 men left.", "See Vol. I, p. 3 and vol. I."]),
        ("en", ["He came in May.", "2013 was bad, etc.", "(2014 was not.)", "She said no.", "I agree."]),
        ("fr", ["Les 12 pers. (57 %) et Ph. Texier vinrent au 1er sem. 2016.", "Il est à l’est.", "5 partirent."]),
        ("pt", ["Foi citado (f. 98) e ouvido.", "Ele saiu."]),
        ("es", ["En Paz y otros c. España el D. Leg. N.º 957 y las exts. 5 y 6 valen.", "Vio a otros.", "España no."]),
        ("fr", ["Il vit à l’appt. 4B.", "Il part."]),
        ("ar", ["كان الرجل نائمًا.", "وصلت القوات السوريّة.", "لم يُصب أحد أيضًا.", "انتهى."]),
        ("es", ["La Corte falló en Ruiz et al. v. México y en Paz y familia vs. Perú.", "Se fue."]),
        ("es", ["Vimos al Gral. (ret.) Paz y el expediente (e.l.) N° 42 del DD.SS. Nº 4.", "Se fue."]),
        ("es", ["Enumera: a) los fines; c. Velar por todos.", "Llame al móv. 600 123.", "Se fue."]),
        ("ru", ["Пришли Mr. Иванов и (т. е. Орлов) его брат.", "Это Клинский р-н.", "Суд ждал."]),
        ("fr", ["Il vit au sud (par ex. Nice), c.-à-d. Nice ou le Lt-Col. Paz.", "Il cite l’art.", "C’est tout."]),
        ("fr", ["Écrivez au port. 06 12.", "Il part."]),
        ("fr", ["Voir D. 2008. 45, RTD civ. 2009. II. 7, Rev. crit. DIP 1997. 3 et Gaz. Pal. 2001. 8.", "Elle vint."]),
        ("fr", ["Ils sont venus en 2001.", "12 ont fui.", "Il doit 12 fr. 50 (Cass. Civ. 1re).", "Elle vint."]),
        ("de", ["Es gilt (i. V. m. Art. 3).", "Sie traf Priv.-Doz. Weiß.", "Es sprach Papst Pius XII.", "Er ging."]),
        ("pt", ["Viu o Ten.-Cor. Paz (p. ex. Rui).", "Saiu."]),
        ("pt", ["O acordo caiu.²⁵", "Disse que “não”.³", "O e. Tribunal e a Desª. Sol votaram."]),
        ("pt", ["Fala o(a) Sr(a). Paz com o(a) Relator(a).", "Viola o(s) art(s). 5º."]),
        ("en", ["They came at five p.m.", "12 men left."]),
        ("en", ["See vol. I. of it, vol. II and I. J. Okafor.", "He left."]),
    ],
)
def test_sentences_are_found(language: str, expected: list[str]) -> None:
    text = " ".join(expected)
    assert [text[begin:end] for begin, end in split_sentences(text, LEXICONS(language))] == expected


def test_a_line_end_that_means_something_ends_what_is_said() -> None:
    text = f"10 High Street{LINE_END}Leeds"
    assert [text[begin:end] for begin, end in split_sentences(text, LEXICONS("en"))] == ["10 High Street", "Leeds"]


@given(st.text())
def test_nothing_but_white_space_is_lost(text: str) -> None:
    parts = [text[begin:end] for begin, end in split_sentences(text, LEXICONS("en"))]
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part.strip() == part and part for part in parts)


@pytest.mark.parametrize(("text", "sounds"), [("a", True), ("5", True), ("€", True), ("…", False), ("—", False)])
def test_what_makes_a_sound_is_known(text: str, sounds: bool) -> None:
    assert is_speakable(text) is sounds
