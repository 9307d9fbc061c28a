using System.Collections.Frozen;

namespace TransferLearning.Data.Layouts;

/// <summary>The names of folders that say how a data set is laid out, and are not names of classes.</summary>
internal static class LayoutNames
{
    private static readonly FrozenSet<string> Containers = Set(
        "images image imgs img photos photo pictures picture pics data dataset datasets raw files jpegimages jpegs jpgs pngs jpg jpeg png "
        + "classes bilder fotos imagenes imagens immagini afbeeldingen 图片 图像 圖片 画像 이미지 изображения");

    private static readonly FrozenSet<string> Companions = Set(
        "annotations annotation masks mask labels label segmentation segmentations trimaps bboxes boxes bbox xml xmls json docs doc "
        + "documentation metadata meta thumbnails thumbs previews preview figures figs results result output outputs models scripts "
        + "notebooks logs backup unlabeled unlabelled");

    // Folders inside a class that sort its images, such as by year, camera or session.
    private static readonly FrozenSet<string> Sortings = Set(
        "batch session part day night left right front back side top bottom original originals cropped crop augmented aug resized new old "
        + "misc other others more extra color gray grey rgb");

    /// <summary>Whether a folder of this name is part of a layout: one of the next two.</summary>
    public static bool IsOfLayout(string name) => IsContainer(name) || IsCompanion(name);

    /// <summary>Whether a folder of this name holds all the images of what it is in: <c>images</c>, <c>JPEGImages</c>.</summary>
    public static bool IsContainer(string name) => Containers.Contains(Letters(name));

    /// <summary>Whether a folder of this name lies beside the images, and holds others: <c>annotations</c>, <c>masks</c>.</summary>
    public static bool IsCompanion(string name) => Companions.Contains(Letters(name));

    /// <summary>
    /// Whether a folder of this name sorts the images of one class: a number, a date, <c>batch_2</c>, <c>left</c>, or a container.
    /// </summary>
    public static bool IsSorting(string name)
    {
        string letters = Letters(name);
        return letters.Length == 0 || Sortings.Contains(letters) || Containers.Contains(letters);
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToLowerInvariant();

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
