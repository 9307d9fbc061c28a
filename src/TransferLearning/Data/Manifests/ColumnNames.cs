using System.Collections.Frozen;
using TransferLearning.Data.Images;

namespace TransferLearning.Data.Manifests;

/// <summary>The names that tools and people give to the columns of manifests, compared by their letters alone.</summary>
internal static class ColumnNames
{
    // In order of preference: where a header has several of them, the first decides.
    private static readonly FrozenDictionary<string, int> Paths = Ranks(
        "path filepath imagepath imgpath photopath picturepath filename filenames imagefilename imgfilename imagefile imgfile photofile "
        + "file files imagesource image images img imgs photo photos picture pictures pic imagename imgname photoname imageid imgid "
        + "photoid imageids pictureid fileid imageuri uri imageurl url src source id ids name names x "
        + "dateipfad dateiname datei bildpfad bilddatei bildname bild bilder pfad fichier nomfichier chemin archivo nombrearchivo fichero "
        + "ruta imagen percorso nomefile immagine foto arquivo caminho imagem ficheiro bestand bestandsnaam afbeelding plik obraz sciezka "
        + "файл имяфайла изображение путь "
        + "文件 文件名 文件路径 图片 图片名 图片路径 图像 路径 檔案 檔名 圖片 路徑 "
        + "ファイル ファイル名 画像 画像名 パス 파일 파일명 이미지 경로");

    private static readonly FrozenDictionary<string, int> Labels = Ranks(
        "labelname classname categoryname labeltext label labels class classes category categories cat cats target targets breed breeds "
        + "species classlabel labelid classid categoryid tag tags type diagnosis dx variety y groundtruth annotation "
        + "klassenname klasse klassen kategorie kategorien etikett bezeichnung art rasse sorte classe etiquette categorie espece clase "
        + "etiqueta categoria especie etichetta razza rotulo soort klas klasa etykieta kategoria "
        + "класс метка категория "
        + "标签 类别 类 分类 种类 品种 標籤 類別 "
        + "ラベル クラス 分類 種類 레이블 라벨 클래스 클래스명 분류");

    private static readonly FrozenDictionary<string, int> Groups = Ranks("group groups groupid gruppe groupe grupo gruppo");

    private static readonly FrozenDictionary<string, int> Subsets = Ranks("split subset partition dataset set phase usage fold");

    public static int PathRank(string name) => Rank(Paths, name);

    public static int LabelRank(string name) => Rank(Labels, name);

    public static int GroupRank(string name) => Rank(Groups, name);

    /// <summary>As the others; a column of another name than the first two is only one of subsets if all its values are subsets.</summary>
    public static int SubsetRank(string name) => Rank(Subsets, name);

    private static int Rank(FrozenDictionary<string, int> ranks, string name) => ranks.GetValueOrDefault(Letters(name), int.MaxValue);

    private static FrozenDictionary<string, int> Ranks(string names) => names.Split(' ')
        .Select((name, rank) => (Name: Letters(name), rank))
        .DistinctBy(n => n.Name)
        .ToFrozenDictionary(n => n.Name, n => n.rank, StringComparer.Ordinal);

    /// <summary>The letters in lower case without accents: <c>Image_ID</c> and <c>image id</c> are one name.</summary>
    private static string Letters(string name) => string.Concat(UnicodeText.Fold(name).Where(char.IsLetter));
}
