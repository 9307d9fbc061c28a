using System.Collections.Frozen;
using System.Text;

namespace TransferLearning.Data.Images;

/// <summary>
/// Recognizes the names that people give to the subsets of a data set, in folders and manifests: <c>train</c>, <c>Training_Set</c>,
/// <c>test1</c>, <c>validation-images</c>, and their translations.
/// </summary>
internal static class DatasetSubsetNames
{
    private static readonly FrozenDictionary<string, DatasetSubset> Words = Table(
        (DatasetSubset.Train,
            "train training trainings trn trainval learn learning lernen lern entrainement apprentissage entrenamiento aprendizaje "
            + "addestramento allenamento treino treinamento trening egitim "
            + "обучение обучающая обучающие тренировка тренировочная "
            + "训练 訓練 学習 훈련 학습"),
        (DatasetSubset.Validation,
            "val valid validate validation validating dev devel eval evaluation holdout heldout validierung validierungs validacion "
            + "validazione validacao validatie walidacja dogrulama "
            + "проверка проверочная валидация валидационная "
            + "验证 驗證 検証 검증"),
        (DatasetSubset.Test,
            "test tests testing tst prufung pruefung prufen pruefen essai essais prueba pruebas prova teste testes "
            + "тест тестовая тестовые тестирование "
            + "测试 測試 テスト 테스트 시험"));

    // What names of subsets have beside the word itself: "training_set", "Testdaten", "jeu_de_test", "训练集".
    private static readonly FrozenSet<string> Fillers =
        ("set sets data dataset datasets image images img imgs photo photos picture pictures pic pics folder folders dir file files split "
        + "part samples examples batch daten datensatz satz bilder fotos menge jeu de d des donnees datos conjunto imagenes dati immagini "
        + "dados imagens conjunto gegevens выборка данные набор "
        + "集 数据 数据集 图片 图像 資料集 データ データセット セット 用 画像 데이터 세트")
        .Split(' ').Select(UnicodeText.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The subset that a name stands for, in any letter case and spelling; null if it says something else, or more.</summary>
    public static DatasetSubset? Parse(string name) => Read(name) is { Remainder.Length: 0 } read ? read.Subset : null;

    /// <summary>
    /// The subset that a name mentions, and the rest of the name: <c>flowers</c> of <c>flowers_train</c>. Null if it mentions none, or
    /// training and testing both.
    /// </summary>
    public static (DatasetSubset Subset, string Remainder)? Read(string name)
    {
        List<string> tokens = Tokens(name);
        if (SubsetOf(string.Concat(tokens)) is { } whole)
        {
            return (whole, "");
        }

        DatasetSubset? subset = null;
        var rest = new List<string>();
        foreach (string token in tokens)
        {
            if (SubsetOf(token) is { } found)
            {
                // "train_val" is for training, as in Pascal VOC; "train_test_split" holds both parts.
                if (subset is not null && found != subset && (subset, found) != (DatasetSubset.Train, DatasetSubset.Validation))
                {
                    return null;
                }

                subset ??= found;
            }
            else if (!Fillers.Contains(token))
            {
                rest.Add(token);
            }
        }

        return subset is { } mentioned ? (mentioned, string.Join(' ', rest)) : null;
    }

    /// <summary>The subset of one word, with a filler at its end or not: <c>trainset</c>, <c>testdaten</c>.</summary>
    private static DatasetSubset? SubsetOf(string word)
    {
        if (Words.TryGetValue(word, out DatasetSubset subset))
        {
            return subset;
        }

        foreach (string filler in Fillers)
        {
            // One letter is part of many words.
            if (filler.Length < word.Length && (filler.Length > 1 || filler[0] > 'z') && word.EndsWith(filler, StringComparison.Ordinal)
                && SubsetOf(word[..^filler.Length]) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The words of a name, folded: runs of letters, divided where a small letter precedes a capital.</summary>
    private static List<string> Tokens(string name)
    {
        var tokens = new List<string>();
        var token = new StringBuilder();
        char before = '\0';
        foreach (char letter in UnicodeText.Compose(name))
        {
            if (token.Length > 0 && (!char.IsLetter(letter) || (char.IsLower(before) && char.IsUpper(letter))))
            {
                tokens.Add(UnicodeText.Fold(token.ToString()));
                token.Clear();
            }

            if (char.IsLetter(letter))
            {
                token.Append(letter);
            }

            before = letter;
        }

        if (token.Length > 0)
        {
            tokens.Add(UnicodeText.Fold(token.ToString()));
        }

        return tokens;
    }

    private static FrozenDictionary<string, DatasetSubset> Table(params (DatasetSubset Subset, string Words)[] rows) => rows
        .SelectMany(r => r.Words.Split(' ').Select(w => KeyValuePair.Create(UnicodeText.Fold(w), r.Subset)))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
