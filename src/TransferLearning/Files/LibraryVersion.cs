using System.Reflection;

namespace TransferLearning.Files;

/// <summary>The version of this library, such as <c>0.1.0</c>, without the commit; files that it writes name it.</summary>
internal static class LibraryVersion
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        Assembly library = typeof(LibraryVersion).Assembly;
        string version = library.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? library.GetName().Version!.ToString();
        return version.Split('+')[0];
    }
}
