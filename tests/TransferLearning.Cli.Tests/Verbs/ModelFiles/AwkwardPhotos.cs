using ImageMagick;

namespace TransferLearning.Cli.Tests.Verbs.ModelFiles;

/// <summary>A photo as cameras and programs write it: turned with an EXIF orientation, transparent, gray, and large.</summary>
internal static class AwkwardPhotos
{
    private const int LargeSide = 3000;

    public static string[] Write(string photo, string folder)
    {
        Directory.CreateDirectory(folder);
        string[] paths = [.. ((string[])["plain.jpg", "turned.jpg", "alpha.png", "gray.jpg", "large.jpg"])
            .Select(n => Path.Combine(folder, n))];
        File.Copy(photo, paths[0]);
        using (var turned = new MagickImage(photo))
        {
            turned.Rotate(-90);
            var exif = new ExifProfile();
            exif.SetValue(ExifTag.Orientation, (ushort)6);
            turned.SetProfile(exif);
            turned.Write(paths[1]);
        }

        using (var transparent = new MagickImage(photo))
        {
            transparent.HasAlpha = true;
            using var mask = new MagickImage("gradient:black-white", transparent.Width, transparent.Height);
            transparent.Composite(mask, CompositeOperator.CopyAlpha);
            transparent.Write(paths[2]);
        }

        using (var gray = new MagickImage(photo))
        {
            gray.Grayscale();
            gray.ColorSpace = ColorSpace.Gray;
            gray.Write(paths[3]);
        }

        using (var large = new MagickImage(photo))
        {
            large.Resize(LargeSide, LargeSide);
            large.Quality = 95;
            large.Write(paths[4]);
        }

        return paths;
    }
}
