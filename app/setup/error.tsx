"use client";

export { default } from "@/app/sign-in/error";
