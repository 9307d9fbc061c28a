using TransferLearning.Imaging;
using TransferLearning.Runtime;

namespace TransferLearning.Cli.Hosting;

/// <summary>Tells which exceptions the user can do something about, and describes each in one message without a stack trace.</summary>
internal static class Failure
{
    // Win32 ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL as HRESULTs, and ENOSPC on Linux and macOS.
    private static readonly int[] DiskFull = [unchecked((int)0x80070070), unchecked((int)0x80070027), 28];

    /// <summary>Whether the user can do something about the exception: bad input, a bad file, a full disk.</summary>
    public static bool IsExpected(Exception exception) => exception
        is CommandException or TransferLearningException or InvalidImageException or InvalidNetworkException
        or IOException or UnauthorizedAccessException;

    public static string Describe(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        CommandException or TransferLearningException or InvalidImageException or InvalidNetworkException =>
            OptionNames.In(exception.Message),
        IOException when DiskFull.Contains(exception.HResult) =>
            $"the disk is full ({exception.Message.TrimEnd('.')}): free some space, or choose another drive",
        UnauthorizedAccessException => $"no permission: {exception.Message.TrimEnd('.')}: change the permissions, or choose another place",
        IOException => exception.Message,
        _ => $"unexpected error, please report it: {exception.GetType().Name}: {exception.Message}",
    };
}
