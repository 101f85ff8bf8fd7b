"""Remarks of Word behind the alt texts that it generates, as its versions in each language write them."""

from __future__ import annotations

import re

_SENTENCES = (
    "AI-generated content may be incorrect",
    "El contenido generado por IA puede ser incorrecto",
    "Le contenu généré par l.IA peut être incorrect",
    "O conteúdo gerado por IA pode estar incorreto",
    "KI-generierte Inhalte können fehlerhaft sein",
    "Il contenuto generato dall.IA potrebbe non essere corretto",
    "Door AI gegenereerde inhoud is mogelijk onjuist",
    "AI-genererat innehåll kan vara felaktigt",
    "AI-genereret indhold kan være ukorrekt",
    "Zawartość wygenerowana przez sztuczną inteligencję może być niepoprawna",
    "Содержимое, созданное искусственным интеллектом, может быть неверным",
    "Вміст, створений ШІ, може бути неправильним",
    "Yapay zeka tarafından oluşturulan içerik yanlış olabilir",
    "قد يكون المحتوى الذي تم إنشاؤه بواسطة الذكاء الاصطناعي غير صحيح",
    "AI 生成的内容可能不正确",
    "AI 生成コンテンツは誤りを含む可能性があります",
    # Versions of Word before 2025.
    r"Description automatically generated(?: with [\w ]{1,30} confidence)?",
    "Automatically generated description",
    "Descripción generada automáticamente(?: con confianza (?:alta|media|baja))?",
    "(?:Une image contenant .{0,200})?Description générée automatiquement",
    "Descrição gerada automaticamente",
    "Automatisch generierte Beschreibung",
    "Descrizione generata automaticamente(?: con confidenza (?:alta|media|bassa))?",
    "Automatisch gegenereerde beschrijving",
    "Opis wygenerowany automatycznie",
    "Автоматически созданное описание",
    "[تي]م إنشاء الوصف تلقائي[اً]*",
    "(?:中度可信度)?描述已自动生成",
    "自動的に生成された説明",
)
REMARK = re.compile(rf"(?:{'|'.join(_SENTENCES)})[.。]?", re.IGNORECASE)
"""In a text with single spaces."""
