using ImageMagick;
using ImageMagick.Configuration;

namespace TransferLearning.Magick.Decoding;

/// <summary>ImageMagick's security policy and resource limits, which belong to the process.</summary>
internal static class ProcessPolicy
{
    private const ulong MaxMemory = 1UL << 30;
    private const ulong MaxSide = 65_535;

    private static readonly Lazy<bool> Applied = new(ApplyOnce);

    /// <summary>Applies them at the first call; later ones do nothing.</summary>
    public static void Apply() => _ = Applied.Value;

    private static bool ApplyOnce()
    {
        try
        {
            Restrict();
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            // Without its native library, Magick decodes nothing, and its decoders say why.
            return false;
        }
    }

    private static void Restrict()
    {
        IConfigurationFiles files = ConfigurationFiles.Default;
        files.Policy.Data = $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <policymap>
              <policy domain="delegate" rights="none" pattern="*"/>
              <policy domain="filter" rights="none" pattern="*"/>
              <policy domain="path" rights="none" pattern="@*"/>
              <policy domain="path" rights="none" pattern="|*"/>
              <policy domain="coder" rights="none" pattern="*"/>
              <policy domain="coder" rights="read" pattern="{CoderPattern()}"/>
            </policymap>
            """;
        MagickNET.Initialize(files);
        ResourceLimits.Memory = MaxMemory;
        ResourceLimits.Area = MaxMemory;
        ResourceLimits.Disk = 0;
        ResourceLimits.Width = MaxSide;
        ResourceLimits.Height = MaxSide;
        // The threads of a run each decode an image of their own.
        ResourceLimits.Thread = 1;
    }

    private static string CoderPattern() =>
        $"{{{string.Join(',', MagickDecoder.All.SelectMany(d => d.Coders).Select(f => f.ToString().ToUpperInvariant()))}}}";
}
