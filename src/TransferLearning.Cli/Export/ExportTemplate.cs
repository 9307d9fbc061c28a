using System.Text;

namespace TransferLearning.Cli.Export;

/// <summary>A file of an export that is the same for every model but for names in double braces: a resource of this assembly.</summary>
internal static class ExportTemplate
{
    /// <param name="name">The name of the template's file.</param>
    /// <param name="values">What takes the place of each name.</param>
    public static string Read(string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        using Stream resource = typeof(ExportTemplate).Assembly.GetManifestResourceStream($"export/{name}")
            ?? throw new InvalidOperationException($"the assembly has no resource export/{name}");
        using var reader = new StreamReader(resource);
        var text = new StringBuilder(reader.ReadToEnd().ReplaceLineEndings("\n"));
        foreach ((string placeholder, string value) in values)
        {
            text.Replace($"{{{{{placeholder}}}}}", value);
        }

        return text.ToString();
    }
}
