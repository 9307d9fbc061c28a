namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the transforms of Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, 2016), a vector of channels at a time: a 6 x 6
/// window of the input to its 36 values, and 36 products to a 4 x 4 tile of the output.
/// </summary>
internal static class WinogradKernelWriter
{
    public static void Write(SourceText source, VectorType vector)
    {
        Input(source, vector);
        Output(source, vector);
    }

    private static void Input(SourceText source, VectorType v)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open("public static void WinogradInput(WinogradTile* tile)");
        Buffer(source, v, 36);
        source.Line("nint pixel = tile->PixelStride, row = tile->RowStride, plane = tile->PlaneStride;");
        source.Line($"{v.TypeName} two = {v.Broadcast("2f")}, four = {v.Broadcast("4f")}, minusFour = {v.Broadcast("-4f")}, minusFive = {v.Broadcast("-5f")};");
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line("float* window = tile->Pixels + c;");
        source.Line("float* products = tile->Products + c;");
        source.Open("for (nint x = 0; x < 6; x++, window += pixel)");
        for (int y = 0; y < 6; y++)
        {
            source.Line($"{v.TypeName} d{y} = {v.Load($"window + ({y} * row)")};");
        }

        InputCombination(source, v);
        for (int y = 0; y < 6; y++)
        {
            source.Line(v.Store($"r{y}", $"buffer + ((({y} * 6) + x) * {v.Lanes})"));
        }

        source.Close();
        source.Open("for (nint y = 0; y < 6; y++, products += 6 * plane)");
        for (int x = 0; x < 6; x++)
        {
            source.Line($"{v.TypeName} d{x} = {v.Load($"buffer + (((y * 6) + {x}) * {v.Lanes})")};");
        }

        InputCombination(source, v);
        for (int x = 0; x < 6; x++)
        {
            source.Line(v.Store($"r{x}", $"products + ({x} * plane)"));
        }

        source.Close();
        source.Close();
        source.Close();
    }

    /// <summary>Room on the stack for some vectors, aligned to one: a vector across two cache lines takes twice as long, and the stack is aligned to less.</summary>
    private static void Buffer(SourceText source, VectorType v, int vectors)
    {
        int bytes = v.Lanes * sizeof(float);
        source.Line($"float* room = stackalloc float[{(vectors + 1) * v.Lanes}];");
        source.Line($"float* buffer = (float*)(((nuint)room + {bytes - 1}) & ~(nuint){bytes - 1});");
    }

    private static void InputCombination(SourceText source, VectorType v)
    {
        source.Line($"{v.TypeName} even = {v.MultiplyAdd("minusFour", "d2", "d4")}, odd = {v.MultiplyAdd("minusFour", "d1", "d3")};");
        source.Line($"{v.TypeName} evenDifference = d4 - d2, oddDifference = two * (d3 - d1);");
        source.Line($"{v.TypeName} r0 = {v.MultiplyAdd("four", "d0", v.MultiplyAdd("minusFive", "d2", "d4"))};");
        source.Line($"{v.TypeName} r1 = even + odd, r2 = even - odd;");
        source.Line($"{v.TypeName} r3 = evenDifference + oddDifference, r4 = evenDifference - oddDifference;");
        source.Line($"{v.TypeName} r5 = {v.MultiplyAdd("four", "d1", v.MultiplyAdd("minusFive", "d3", "d5"))};");
    }

    private static void Output(SourceText source, VectorType v)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open("public static void WinogradOutput(WinogradTile* tile)");
        Buffer(source, v, 24);
        source.Line("nint pixel = tile->PixelStride, row = tile->RowStride, plane = tile->PlaneStride;");
        source.Line($"{v.TypeName} two = {v.Broadcast("2f")}, four = {v.Broadcast("4f")}, eight = {v.Broadcast("8f")};");
        source.Line($"{v.TypeName} low = {v.Broadcast("tile->Minimum")}, high = {v.Broadcast("tile->Maximum")};");
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line("float* products = tile->Products + c;");
        source.Open("for (nint x = 0; x < 6; x++, products += plane)");
        for (int y = 0; y < 6; y++)
        {
            source.Line($"{v.TypeName} m{y} = {v.Load($"products + ({6 * y} * plane)")};");
        }

        OutputCombination(source, v);
        for (int y = 0; y < 4; y++)
        {
            source.Line(v.Store($"r{y}", $"buffer + ((({y} * 6) + x) * {v.Lanes})"));
        }

        source.Close();
        source.Line($"{v.TypeName} bias = {v.Load("tile->Bias + c")};");
        source.Open("for (nint y = 0; y < tile->ValidRows; y++)");
        for (int x = 0; x < 6; x++)
        {
            source.Line($"{v.TypeName} m{x} = {v.Load($"buffer + (((y * 6) + {x}) * {v.Lanes})")};");
        }

        OutputCombination(source, v);
        source.Line("float* target = tile->Pixels + (y * row) + c;");
        source.Line("float* residual = tile->Residual == null ? null : tile->Residual + (y * tile->ResidualRowStride) + c;");
        for (int x = 0; x < 4; x++)
        {
            source.Open(x == 0 ? "unchecked" : $"if (tile->ValidColumns > {x})");
            source.Line($"r{x} += bias;");
            source.Open("if (residual != null)");
            source.Line($"r{x} += {v.Load($"residual + ({x} * tile->ResidualPixelStride)")};");
            source.Close();
            source.Line($"r{x} = {v.Clamp($"r{x}", "low", "high")};");
            source.Line(v.Store($"r{x}", $"target + ({x} * pixel)"));
            source.Close();
        }

        source.Close();
        source.Close();
        source.Close();
    }

    private static void OutputCombination(SourceText source, VectorType v)
    {
        source.Line($"{v.TypeName} sum12 = m1 + m2, difference12 = m1 - m2, sum34 = m3 + m4, difference34 = m3 - m4;");
        source.Line($"{v.TypeName} r0 = m0 + sum12 + sum34;");
        source.Line($"{v.TypeName} r1 = {v.MultiplyAdd("two", "difference34", "difference12")};");
        source.Line($"{v.TypeName} r2 = {v.MultiplyAdd("four", "sum34", "sum12")};");
        source.Line($"{v.TypeName} r3 = {v.MultiplyAdd("eight", "difference34", "difference12")} + m5;");
    }
}
